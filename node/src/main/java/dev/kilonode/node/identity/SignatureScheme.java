package dev.kilonode.node.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.jcajce.spec.MLDSAParameterSpec;
import org.bouncycastle.jcajce.spec.MLDSAPublicKeySpec;
import org.bouncycastle.jcajce.spec.RawEncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A signature algorithm of the JCA. Public keys are transmitted raw: their X.509 prefix is a constant, which is added where the JCA needs
 * it. Providers are passed as objects, so the process-wide provider list stays unchanged. Any thread.
 *
 * <p>Signature bytes differ between providers (Bouncy Castle signs ML-DSA deterministically, the JDK with randomness), so no result of a
 * run may depend on them. All providers verify each other's signatures.
 */
public enum SignatureScheme {
    /** FIPS 204, post-quantum, as in the network studied. Uses the JDK from JDK 24 on, Bouncy Castle before. */
    ML_DSA_65("ML-DSA-65", 1952, 3309, "308207b2300b0609608648016503040312038207a100", true),

    /** RFC 8032, small and fast. Always uses Bouncy Castle, which signs 19 times and verifies 8 times as fast as the JDK. */
    ED25519("Ed25519", 32, 64, "302a300506032b6570032100", false);

    /** Length of the secret seed from which both algorithms derive a key pair, as their standards specify. */
    public static final int SEED_BYTES = 32;

    private final String algorithm;
    private final int publicKeyBytes;
    private final int signatureBytes;
    private final byte[] x509Prefix;
    private final boolean preferJdk;

    SignatureScheme(String algorithm, int publicKeyBytes, int signatureBytes, String x509PrefixHex, boolean preferJdk) {
        this.algorithm = algorithm;
        this.publicKeyBytes = publicKeyBytes;
        this.signatureBytes = signatureBytes;
        this.x509Prefix = HexFormat.of().parseHex(x509PrefixHex);
        this.preferJdk = preferJdk;
    }

    /**
     * Finds a scheme by its name.
     *
     * @param algorithm {@code ML-DSA-65} or {@code Ed25519}
     * @throws IllegalArgumentException for any other name; the message lists the valid ones
     */
    public static SignatureScheme named(String algorithm) {
        for (SignatureScheme scheme : values()) {
            if (scheme.algorithm.equals(algorithm)) {
                return scheme;
            }
        }
        List<String> names =
                Arrays.stream(values()).map(SignatureScheme::algorithm).toList();
        throw new IllegalArgumentException("signature algorithm: got " + algorithm + ", expected one of " + names);
    }

    /** The JCA name of the algorithm, as written in scenarios. */
    public String algorithm() {
        return algorithm;
    }

    /** Length of a raw public key in bytes, without the X.509 prefix. */
    public int publicKeyBytes() {
        return publicKeyBytes;
    }

    /** Length of a signature in bytes. */
    public int signatureBytes() {
        return signatureBytes;
    }

    /** The provider that computes it in this process. */
    public Provider provider() {
        return preferJdk ? JdkOrElse.PROVIDER : BouncyCastle.PROVIDER;
    }

    /**
     * Whether {@code signature} is the signature of the first {@code length} bytes of {@code data} by the holder of {@code publicKey}.
     * Returns false, and does not throw, if the key or the signature is malformed.
     *
     * @param publicKey raw
     * @param length 0 to {@code data.length}
     */
    public boolean verify(byte[] publicKey, byte[] data, int length, byte[] signature) {
        Objects.checkFromIndexSize(0, length, data.length);
        if (publicKey.length != publicKeyBytes || signature.length != signatureBytes) {
            return false;
        }
        Signature verifier = newSignature();
        try {
            verifier.initVerify(key(publicKey));
            verifier.update(data, 0, length);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // malformed key or signature
        }
    }

    byte[] sign(PrivateKey key, byte[] data, int length) {
        Signature signer = newSignature();
        try {
            signer.initSign(key);
            signer.update(data, 0, length);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " by " + provider() + ": own key refused", e);
        }
    }

    /** @param random asked once, for {@link #SEED_BYTES} bytes */
    KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider());
            generator.initialize(new NamedParameterSpec(algorithm), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " by " + provider() + ": no key generator", e);
        }
    }

    /** The raw form of {@code key}, without the X.509 prefix; this is what is transmitted. */
    byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        int start = x509Prefix.length;
        if (encoded.length != start + publicKeyBytes || !Arrays.equals(encoded, 0, start, x509Prefix, 0, start)) {
            throw new IllegalArgumentException("not an X.509 key of " + algorithm + ": " + encoded.length + " bytes");
        }
        return Arrays.copyOfRange(encoded, start, encoded.length);
    }

    private PublicKey key(byte[] publicKey) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(algorithm, provider()).generatePublic(specOf(publicKey));
        } catch (IllegalArgumentException e) { // thrown by Bouncy Castle for a malformed raw key
            throw new InvalidKeySpecException(e);
        }
    }

    /** Bouncy Castle accepts the raw key, which saves parsing it: a seventh of the time of a verification. */
    private KeySpec specOf(byte[] publicKey) {
        if (provider() instanceof BouncyCastleProvider) {
            return switch (this) {
                case ML_DSA_65 -> new MLDSAPublicKeySpec(MLDSAParameterSpec.ml_dsa_65, publicKey);
                case ED25519 -> new RawEncodedKeySpec(publicKey);
            };
        }
        byte[] encoded = Arrays.copyOf(x509Prefix, x509Prefix.length + publicKeyBytes);
        System.arraycopy(publicKey, 0, encoded, x509Prefix.length, publicKeyBytes);
        return new X509EncodedKeySpec(encoded);
    }

    private Signature newSignature() {
        try {
            return Signature.getInstance(algorithm, provider());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " by " + provider() + ": no such signature", e);
        }
    }

    // Holder classes: creating Bouncy Castle's provider takes a tenth of a second, and JDK 25 may never need it.

    private static final class BouncyCastle {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }

    private static final class JdkOrElse {
        static final Provider PROVIDER = find();

        private static Provider find() {
            Provider[] offering = Security.getProviders("Signature." + ML_DSA_65.algorithm);
            return offering == null ? BouncyCastle.PROVIDER : offering[0];
        }
    }
}
