package dev.kilonode.node.transport;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.MalformedFrameException;
import dev.kilonode.node.wire.Message;

/**
 * Encodes and signs, decodes and verifies: for wall time, and for virtual time with real cryptography. Refuses frames that are not bytes.
 * Immutable; any thread.
 */
public final class CryptographicSigner implements MessageSigner {

    private final NodeIdentity identity;
    private final byte[] publicKey;
    private final EnvelopeCodec codec;

    /** @param codec of the identity's scheme; nodes may share it */
    public CryptographicSigner(NodeIdentity identity, EnvelopeCodec codec) {
        if (codec.scheme() != identity.scheme()) {
            throw new IllegalArgumentException(
                    "codec: got one for " + codec.scheme().algorithm() + ", expected "
                            + identity.scheme().algorithm());
        }
        this.identity = identity;
        this.publicKey = identity.publicKey();
        this.codec = codec;
    }

    /** The identity that signs. */
    public NodeIdentity identity() {
        return identity;
    }

    @Override
    public PeerId self() {
        return identity.peerId();
    }

    @Override
    public int sizeOf(Message message) {
        return codec.sizeOf(message);
    }

    @Override
    public Frame seal(Message message, boolean client, long unixSeconds) {
        byte[] frame = codec.encode(new Envelope(message, self(), unixSeconds, client, publicKey, null));
        int signed = codec.signedBytes(frame);
        byte[] signature = identity.sign(frame, signed);
        System.arraycopy(signature, 0, frame, signed, signature.length);
        return Frame.ofBytes(frame, message.kind());
    }

    @Override
    public Envelope open(Frame frame) throws RefusedException {
        byte[] bytes = frame.bytes();
        if (bytes == null) {
            throw new RefusedException(RefusalCause.BAD_SIGNATURE, "an unsigned envelope in memory");
        }
        return open(bytes, codec);
    }

    /** Decodes and verifies; the cheapest checks come first. */
    static Envelope open(byte[] frame, EnvelopeCodec codec) throws RefusedException {
        checkSize(frame.length, codec);
        Envelope envelope = decode(frame, codec);
        byte[] key = envelope.publicKey();
        byte[] signature = envelope.signature();
        if (key == null || signature == null) {
            throw new RefusedException(RefusalCause.BAD_SIGNATURE, "no key or no signature");
        }
        if (!NodeIdentity.idOf(key).equals(envelope.from())) {
            throw new RefusedException(
                    RefusalCause.WRONG_SENDER, "sent as " + envelope.from() + " with the key of another");
        }
        if (!codec.scheme().verify(key, frame, codec.signedBytes(frame), signature)) {
            throw new RefusedException(RefusalCause.BAD_SIGNATURE, "not signed by " + envelope.from());
        }
        return envelope;
    }

    static void checkSize(int sizeBytes, EnvelopeCodec codec) throws RefusedException {
        if (sizeBytes > codec.maxFrameBytes()) {
            throw new RefusedException(
                    RefusalCause.OVERSIZE, "got " + sizeBytes + " bytes, expected at most " + codec.maxFrameBytes());
        }
    }

    private static Envelope decode(byte[] frame, EnvelopeCodec codec) throws RefusedException {
        try {
            return codec.decode(frame);
        } catch (MalformedFrameException e) {
            throw new RefusedException(RefusalCause.MALFORMED, String.valueOf(e.getMessage()));
        }
    }
}
