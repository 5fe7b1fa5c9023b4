package dev.kilonode.node.identity;

import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;

/**
 * Who a node is: a key pair, and the peer id that is the hash of its raw public key. The hash is SHA-256, where the network
 * studied uses BLAKE3: of the same length and as uniform, and in every JDK. Immutable; any thread.
 *
 * <p>Where ids come from: in virtual time, where signatures are charged and not computed, a node has no key, only
 * {@link PeerId#random} drawn from the run's stream for identities. With real cryptography in virtual time it is
 * {@link #fromSeed} with a seed from that stream, which gives the same id on every JDK. In wall time either
 * {@link #generate} or {@link #fromSeed}.
 *
 * <p>A node that must keep its identity stores the seed: PKCS#8 has several forms for ML-DSA, and Bouncy Castle's default is
 * one that JDK 25 does not read.
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

    /** A new identity, as hard to guess as {@code random} is. */
    public static NodeIdentity generate(SignatureScheme scheme, SecureRandom random) {
        byte[] seed = new byte[SignatureScheme.SEED_BYTES];
        random.nextBytes(seed);
        return fromSeed(scheme, seed);
    }

    /**
     * The identity that a seed determines: the same on every JDK and provider.
     *
     * @param seed {@link SignatureScheme#SEED_BYTES} bytes, as secret as the private key
     * @throws IllegalArgumentException if the length is another
     */
    public static NodeIdentity fromSeed(SignatureScheme scheme, byte[] seed) {
        if (seed.length != SignatureScheme.SEED_BYTES) {
            throw new IllegalArgumentException(
                    "identity seed: got " + seed.length + " bytes, expected " + SignatureScheme.SEED_BYTES);
        }
        return new NodeIdentity(scheme, scheme.generate(new FixedSeed(seed, scheme.provider())));
    }

    /** The id of the peer that holds {@code publicKey}, given raw. */
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
     * The signature of the first {@code length} bytes of {@code data}; its counterpart is {@link SignatureScheme#verify}.
     *
     * @param length 0 to {@code data.length}
     */
    public byte[] sign(byte[] data, int length) {
        return scheme.sign(privateKey, data, length);
    }

    /** Never the private key. */
    @Override
    public String toString() {
        return scheme.algorithm() + " " + peerId;
    }
}
