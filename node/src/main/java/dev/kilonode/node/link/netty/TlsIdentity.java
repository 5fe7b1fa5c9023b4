package dev.kilonode.node.link.netty;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
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
 * Who a node is inside TLS. Its certificate is self-signed on a fresh key of P-256, because no TLS library at hand speaks ML-DSA, and by
 * itself proves nothing. TLS proves that the other end holds that key; the first words inside TLS are the <em>appointment</em>: the
 * identity's raw public key and its signature of the TLS key. It is not in the certificate, because TLS libraries keep the
 * other end's certificate for as long as a connection lives, and with ML-DSA-65 it is 5.3 kB. Immutable; any thread.
 */
public final class TlsIdentity {

    /** What the identity signs begins with this, so that the signature is good for nothing else. */
    private static final byte[] PURPOSE = "kilonode tls key 1:".getBytes(StandardCharsets.US_ASCII);

    private static final AlgorithmIdentifier ECDSA_SHA256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private final SignatureScheme scheme;
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final byte[] appointment;

    private TlsIdentity(SignatureScheme scheme, PrivateKey key, X509Certificate certificate, byte[] appointment) {
        this.scheme = scheme;
        this.key = key;
        this.certificate = certificate;
        this.appointment = appointment;
    }

    /** A new key, appointed by {@code identity}; costs one signature of the identity. */
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
            byte[] appointment = joined(identity.publicKey(), identity.sign(signed, signed.length));
            return new TlsIdentity(identity.scheme(), pair.getPrivate(), certificate, appointment);
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

    /** What this end says first; not to be changed. All of one scheme are of one length. */
    byte[] appointment() {
        return appointment;
    }

    /**
     * Who is at the other end of a connection.
     *
     * @param tls of the connection, after its handshake
     * @param appointment what the other end has said first
     * @throws ProtocolException if {@code appointment} is not a signature, by the key that it begins with, of the key that TLS has proved
     *     the other end to hold
     */
    PeerId appointing(SSLEngine tls, byte[] appointment) throws ProtocolException {
        try {
            var chain = tls.getSession().getPeerCertificates();
            if (chain.length != 1)
                throw new ProtocolException(chain.length + " certificates, expected one, self-signed");
            return appointing(chain[0].getEncoded(), appointment);
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            throw new ProtocolException("no certificate: " + e.getMessage());
        }
    }

    /** The same, with a certificate's DER. */
    PeerId appointing(byte[] certificate, byte[] appointment) throws ProtocolException {
        byte[] signed;
        try {
            signed = signedBytes(Certificate.getInstance(certificate).getSubjectPublicKeyInfo());
        } catch (IOException | RuntimeException e) { // the latter is what the parser throws at garbage
            throw new ProtocolException("unreadable certificate: " + e.getMessage());
        }
        int publicKeyBytes = scheme.publicKeyBytes();
        if (appointment.length != publicKeyBytes + scheme.signatureBytes()) {
            throw new ProtocolException("appointment of " + appointment.length + " bytes");
        }
        byte[] publicKey = Arrays.copyOf(appointment, publicKeyBytes);
        byte[] signature = Arrays.copyOfRange(appointment, publicKeyBytes, appointment.length);
        if (!scheme.verify(publicKey, signed, signed.length, signature)) {
            throw new ProtocolException("TLS key not signed by the " + scheme.algorithm() + " key that appoints it");
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
        // Not limited in time: a node has one for as long as it runs, and clocks of test machines are what they are.
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
