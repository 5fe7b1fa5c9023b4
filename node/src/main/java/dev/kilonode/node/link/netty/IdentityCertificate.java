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
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A self-signed certificate that is bound to a node's identity. Its own key is a fresh one on P-256, because no TLS library at
 * hand speaks ML-DSA; an extension holds the identity's raw public key and that key's signature of the P-256 key. Whoever can
 * use the certificate's key (TLS proves that) was thus appointed by the identity. Immutable; any thread.
 */
final class IdentityCertificate {

    /** Under 2.25, where any UUID is a number of one's own. */
    private static final ASN1ObjectIdentifier BINDING =
            new ASN1ObjectIdentifier("2.25.259804816527263416219437025093281765403");

    /** What the identity signs begins with this, so that the signature is good for nothing else. */
    private static final byte[] PURPOSE = "kilonode tls key 1:".getBytes(StandardCharsets.US_ASCII);

    private static final AlgorithmIdentifier ECDSA_SHA256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private static final String REFUSED = "certificate is not bound to an identity: ";

    private final PrivateKey key;
    private final X509Certificate certificate;

    private IdentityCertificate(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** A new certificate of {@code identity}; costs one signature of the identity. */
    static IdentityCertificate of(NodeIdentity identity) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] encoded = encode(identity, pair);
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            return new IdentityCertificate(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("certificate of " + identity, e);
        }
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /**
     * The peer that a certificate is bound to.
     *
     * @param encoded DER
     * @throws CertificateException if it is bound to none, or the binding is not signed by the identity it names
     */
    static PeerId verify(byte[] encoded, SignatureScheme scheme) throws CertificateException {
        Certificate certificate = parse(encoded);
        ASN1Sequence binding = binding(certificate);
        byte[] publicKey = octets(binding.getObjectAt(0));
        byte[] signature = octets(binding.getObjectAt(1));
        byte[] signed;
        try {
            signed = signedBytes(certificate.getSubjectPublicKeyInfo());
        } catch (IOException e) {
            throw new CertificateException(REFUSED + "unreadable key", e);
        }
        // The certificate's signature by itself proves nothing that TLS does not prove; it is not checked.
        if (!scheme.verify(publicKey, signed, signed.length, signature)) {
            throw new CertificateException(REFUSED + "not signed by the " + scheme.algorithm() + " key that it names");
        }
        return NodeIdentity.idOf(publicKey);
    }

    /** The peer that a certificate says it is bound to; for one that {@link #verify} has accepted before. */
    static PeerId verifiedPeer(byte[] encoded) throws CertificateException {
        return NodeIdentity.idOf(octets(binding(parse(encoded)).getObjectAt(0)));
    }

    private static byte[] encode(NodeIdentity identity, KeyPair pair) throws GeneralSecurityException, IOException {
        SubjectPublicKeyInfo tlsKey =
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        byte[] signed = signedBytes(tlsKey);
        DERSequence binding = new DERSequence(new ASN1Encodable[] {
            new DEROctetString(identity.publicKey()), new DEROctetString(identity.sign(signed, signed.length))
        });
        X500Name name = new X500Name("CN=" + identity.peerId().shortHex());
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
        generator.setSignature(ECDSA_SHA256);
        generator.setIssuer(name);
        generator.setSubject(name);
        // Not limited in time: a node has one for as long as it runs, and clocks of test machines are what they are.
        generator.setStartDate(new Time(new Date(0)));
        generator.setEndDate(new Time(new Date(Integer.MAX_VALUE * 1_000L)));
        generator.setSubjectPublicKeyInfo(tlsKey);
        generator.setExtensions(new Extensions(new Extension(BINDING, false, new DEROctetString(binding))));
        TBSCertificate body = generator.generateTBSCertificate();
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        signer.update(body.getEncoded(ASN1Encoding.DER));
        return new DERSequence(new ASN1Encodable[] {body, ECDSA_SHA256, new DERBitString(signer.sign())})
                .getEncoded(ASN1Encoding.DER);
    }

    private static byte[] signedBytes(SubjectPublicKeyInfo tlsKey) throws IOException {
        byte[] encoded = tlsKey.getEncoded(ASN1Encoding.DER);
        byte[] signed = new byte[PURPOSE.length + encoded.length];
        System.arraycopy(PURPOSE, 0, signed, 0, PURPOSE.length);
        System.arraycopy(encoded, 0, signed, PURPOSE.length, encoded.length);
        return signed;
    }

    private static Certificate parse(byte[] encoded) throws CertificateException {
        try {
            return Certificate.getInstance(encoded);
        } catch (RuntimeException e) { // what the parser throws at garbage
            throw new CertificateException(REFUSED + "unreadable", e);
        }
    }

    private static ASN1Sequence binding(Certificate certificate) throws CertificateException {
        Extensions extensions = certificate.getTBSCertificate().getExtensions();
        Extension extension = extensions == null ? null : extensions.getExtension(BINDING);
        if (extension == null) throw new CertificateException(REFUSED + "lacks the extension " + BINDING);
        try {
            ASN1Sequence binding = ASN1Sequence.getInstance(extension.getParsedValue());
            if (binding.size() != 2) throw new CertificateException(REFUSED + binding.size() + " fields, expected 2");
            return binding;
        } catch (IllegalArgumentException e) {
            throw new CertificateException(REFUSED + "unreadable extension", e);
        }
    }

    private static byte[] octets(ASN1Encodable field) throws CertificateException {
        try {
            return ASN1OctetString.getInstance(field).getOctets();
        } catch (IllegalArgumentException e) {
            throw new CertificateException(REFUSED + "unreadable field", e);
        }
    }
}
