package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.Message;

/**
 * Signer for virtual time, where signing and encoding are charged, not computed: a frame is the envelope itself, with the size that its
 * bytes would have. Frames that are bytes, such as garbage sent by a fault, are checked as {@link CryptographicSigner} checks them.
 * Allocates one envelope and one frame per message. Immutable.
 */
public final class SimulatedSigner implements MessageSigner {

    private final PeerId self;
    private final EnvelopeCodec codec;

    /** @param codec determines sizes, and checks frames of bytes; nodes may share it */
    public SimulatedSigner(PeerId self, EnvelopeCodec codec) {
        this.self = self;
        this.codec = codec;
    }

    @Override
    public PeerId self() {
        return self;
    }

    @Override
    public int sizeOf(Message message) {
        return codec.sizeOf(message);
    }

    @Override
    public Frame seal(Message message, boolean client, long unixSeconds) {
        return Frame.of(new Envelope(message, self, unixSeconds, client, null, null), codec.sizeOf(message));
    }

    @Override
    public Envelope open(Frame frame) throws RefusedException {
        CryptographicSigner.checkSize(frame.sizeBytes(), codec);
        Envelope envelope = frame.envelope();
        if (envelope != null) {
            return envelope;
        }
        byte[] bytes = frame.bytes();
        if (bytes == null) {
            throw new IllegalStateException("a frame of neither envelope nor bytes");
        }
        return CryptographicSigner.open(bytes, codec);
    }
}
