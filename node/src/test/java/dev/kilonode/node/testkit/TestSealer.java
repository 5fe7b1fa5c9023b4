package dev.kilonode.node.testkit;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.transport.RefusedException;
import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.Message;

/** Signs nothing and believes what is not marked: a signature marks a wrong one, a key a wrong sender, bytes a wrong form. */
public final class TestSealer implements MessageSigner {

    private static final int ENVELOPE_BYTES = 5_400;
    private final PeerId self;

    public TestSealer(PeerId self) {
        this.self = self;
    }

    @Override
    public PeerId self() {
        return self;
    }

    @Override
    public int sizeOf(Message message) {
        return message.payloadBytes() + ENVELOPE_BYTES;
    }

    @Override
    public Frame seal(Message message, boolean client, long unixSeconds) {
        return Frame.of(new Envelope(message, self, unixSeconds, client, null, null), sizeOf(message));
    }

    @Override
    public Envelope open(Frame frame) throws RefusedException {
        Envelope envelope = frame.envelope();
        if (envelope == null) throw new RefusedException(RefusalCause.MALFORMED, "no envelope");
        if (envelope.signature() != null) throw new RefusedException(RefusalCause.BAD_SIGNATURE, "marked");
        if (envelope.publicKey() != null) throw new RefusedException(RefusalCause.WRONG_SENDER, "marked");
        return envelope;
    }
}
