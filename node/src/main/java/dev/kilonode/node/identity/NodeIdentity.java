package dev.kilonode.node.identity;

import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;

/**
 * The identity of a node: a key pair, and the peer id, which is the hash of the raw public key. The hash is SHA-256 where the network
 * studied uses BLAKE3: it has the same length, is as uniform, and is in every JDK. Immutable; any thread.
 *
 * <p>Source of ids: in virtual time, signatures are charged and not computed; a node has no key, only a {@link PeerId#random} drawn from
 * the run's stream for identities. With real cryptography in virtual time it uses {@link #fromSeed} with a seed from that stream, which
 * gives the same id on every JDK. In wall time it uses {@link #generate} or {@link #fromSeed}.
 *
 * <p>A node that must keep its identity stores the seed and not the PKCS#8 key: PKCS#8 has several forms for ML-DSA, and JDK 25 does not
 * read Bouncy Castle's default form.
 */
public final class NodeIdentity {

    private final SignatureScheme scheme;
    private final PrivateKey privateKey;
    private final byte[] publicKey;
    private final PeerId peerId;

    private NodeIdentity(SignatureScheme scheme, KeyPair pair) {
        this.scheme = scheme;
        this.privateKey = pair.getPrivate();
        this.publicKey = scheme.raw(pair.getPublic());
        this.peerId = idOf(publicKey);
    }

    /** Creates a new identity from a seed drawn from {@code random}. */
    public static NodeIdentity generate(SignatureScheme scheme, SecureRandom random) {
        byte[] seed = new byte[SignatureScheme.SEED_BYTES];
        random.nextBytes(seed);
        return fromSeed(scheme, seed);
    }

    /**
     * Creates the identity that a seed determines: the same on every JDK and provider.
     *
     * @param seed {@link SignatureScheme#SEED_BYTES} bytes, to be kept as secret as the private key
     * @throws IllegalArgumentException if the seed has another length
     */
    public static NodeIdentity fromSeed(SignatureScheme scheme, byte[] seed) {
        if (seed.length != SignatureScheme.SEED_BYTES) {
            throw new IllegalArgumentException(
                    "identity seed: got " + seed.length + " bytes, expected " + SignatureScheme.SEED_BYTES);
        }
        return new NodeIdentity(scheme, scheme.generate(new FixedSeed(seed, scheme.provider())));
    }

    /** The peer id of a raw public key. */
    public static PeerId idOf(byte[] publicKey) {
        try {
            return PeerId.of(MessageDigest.getInstance("SHA-256").digest(publicKey));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        }
    }

    public SignatureScheme scheme() {
        return scheme;
    }

    public PeerId peerId() {
        return peerId;
    }

    /** A copy of the raw public key. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * Signs the first {@code length} bytes of {@code data}; {@link SignatureScheme#verify} is the counterpart.
     *
     * @param length 0 to {@code data.length}
     */
    public byte[] sign(byte[] data, int length) {
        return scheme.sign(privateKey, data, length);
    }

    /** Contains algorithm and peer id, never the private key. */
    @Override
    public String toString() {
        return scheme.algorithm() + " " + peerId;
    }
}
