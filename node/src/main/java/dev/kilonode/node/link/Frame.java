package dev.kilonode.node.link;

import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * One message between endpoints: either encoded bytes, as on a socket, or, in virtual time without real cryptography, the envelope itself
 * with the size that its bytes would have. Exactly one of {@link #envelope} and {@link #bytes} is present.
 */
public final class Frame {

    private final @Nullable Envelope envelope;
    private final byte @Nullable [] bytes;
    private final @Nullable MessageKind kind;
    private final int sizeBytes;

    private Frame(@Nullable Envelope envelope, byte @Nullable [] bytes, @Nullable MessageKind kind, int sizeBytes) {
        this.envelope = envelope;
        this.bytes = bytes;
        this.kind = kind;
        this.sizeBytes = sizeBytes;
    }

    public static Frame of(Envelope envelope, int sizeBytes) {
        return new Frame(envelope, null, envelope.message().kind(), sizeBytes);
    }

    /** @param kind as declared in the frame's tag, or null if the tag is unreadable */
    public static Frame ofBytes(byte[] bytes, @Nullable MessageKind kind) {
        return new Frame(null, bytes, kind, bytes.length);
    }

    public @Nullable Envelope envelope() {
        return envelope;
    }

    public byte @Nullable [] bytes() {
        return bytes;
    }

    /** The declared kind, for counters. Nothing else may trust it before the signature is verified. */
    public @Nullable MessageKind kind() {
        return kind;
    }

    public int sizeBytes() {
        return sizeBytes;
    }
}
