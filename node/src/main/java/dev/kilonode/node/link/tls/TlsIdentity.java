package dev.kilonode.node.link.tls;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.base.ProtocolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The identity of a node inside TLS. Its certificate is self-signed on a fresh P-256 key, because the TLS libraries in use do not support
 * ML-DSA; alone it proves nothing. TLS proves that the remote end holds that key. The first bytes inside TLS are the <em>identity
 * binding</em>: the raw public key of the identity and its signature of the TLS key. The binding is not part of the certificate, because
 * TLS libraries keep the remote certificate for the lifetime of a connection, and with ML-DSA-65 the binding is 5.3 kB. Immutable; any
 * thread.
 */
public final class TlsIdentity {

    /** Prefix of what the identity signs, so that the signature has no other use. */
    private static final byte[] PURPOSE = "kilonode tls key 1:".getBytes(StandardCharsets.US_ASCII);

    private static final AlgorithmIdentifier ECDSA_SHA256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private final SignatureScheme scheme;
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final byte[] binding;

    private TlsIdentity(SignatureScheme scheme, PrivateKey key, X509Certificate certificate, byte[] binding) {
        this.scheme = scheme;
        this.key = key;
        this.certificate = certificate;
        this.binding = binding;
    }

    /** Makes a TLS key and its binding to {@code identity}; costs one signature of the identity. */
    public static TlsIdentity of(NodeIdentity identity) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            SubjectPublicKeyInfo tlsKey =
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
            byte[] encoded = selfSigned(tlsKey, pair.getPrivate(), identity.peerId());
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            byte[] signed = signedBytes(tlsKey);
            byte[] binding = joined(identity.publicKey(), identity.sign(signed, signed.length));
            return new TlsIdentity(identity.scheme(), pair.getPrivate(), certificate, binding);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS key of " + identity, e);
        }
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** The identity binding, which this end sends first. Not a copy. Its length depends on the signature scheme only. */
    public byte[] binding() {
        return binding;
    }

    /**
     * Verifies the identity of the remote end of a connection.
     *
     * @param tls the connection's engine, after the handshake
     * @param binding what the remote end sent first
     * @throws ProtocolException if {@code binding} is not a signature of the remote end's TLS key by the identity key that it
     *     begins with
     */
    public PeerId verify(SSLEngine tls, byte[] binding) throws ProtocolException {
        try {
            var chain = tls.getSession().getPeerCertificates();
            if (chain.length != 1)
                throw new ProtocolException(chain.length + " certificates, expected one, self-signed");
            return verify(chain[0].getEncoded(), binding);
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            throw new ProtocolException("no certificate: " + e.getMessage());
        }
    }

    /** The same for the DER encoding of a certificate. */
    PeerId verify(byte[] certificate, byte[] binding) throws ProtocolException {
        byte[] signed;
        try {
            signed = signedBytes(Certificate.getInstance(certificate).getSubjectPublicKeyInfo());
        } catch (IOException | RuntimeException e) { // the parser throws RuntimeException for garbage
            throw new ProtocolException("unreadable certificate: " + e.getMessage());
        }
        int publicKeyBytes = scheme.publicKeyBytes();
        if (binding.length != publicKeyBytes + scheme.signatureBytes()) {
            throw new ProtocolException("identity binding of " + binding.length + " bytes");
        }
        byte[] publicKey = Arrays.copyOf(binding, publicKeyBytes);
        byte[] signature = Arrays.copyOfRange(binding, publicKeyBytes, binding.length);
        if (!scheme.verify(publicKey, signed, signed.length, signature)) {
            throw new ProtocolException(
                    "TLS key not signed by the " + scheme.algorithm() + " key of its identity binding");
        }
        return NodeIdentity.idOf(publicKey);
    }

    private static byte[] selfSigned(SubjectPublicKeyInfo tlsKey, PrivateKey key, PeerId peer)
            throws GeneralSecurityException, IOException {
        X500Name name = new X500Name("CN=" + peer.shortHex());
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
        generator.setSignature(ECDSA_SHA256);
        generator.setIssuer(name);
        generator.setSubject(name);
        // Unlimited validity: a node keeps its certificate as long as it runs, and clocks of test machines may be
        // wrong.
        generator.setStartDate(new Time(new Date(0)));
        generator.setEndDate(new Time(new Date(Integer.MAX_VALUE * 1_000L)));
        generator.setSubjectPublicKeyInfo(tlsKey);
        TBSCertificate body = generator.generateTBSCertificate();
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key);
        signer.update(body.getEncoded(ASN1Encoding.DER));
        return new DERSequence(new ASN1Encodable[] {body, ECDSA_SHA256, new DERBitString(signer.sign())})
                .getEncoded(ASN1Encoding.DER);
    }

    private static byte[] signedBytes(SubjectPublicKeyInfo tlsKey) throws IOException {
        return joined(PURPOSE, tlsKey.getEncoded(ASN1Encoding.DER));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
