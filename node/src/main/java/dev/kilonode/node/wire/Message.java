package dev.kilonode.node.wire;

/** The content of an envelope. Immutable. */
public sealed interface Message permits IdentityAnnounce, DhtMessage, ChunkMessage, ReplicationMessage {

    MessageKind kind();

    /** Matches a reply to its request; 0 for messages without a reply. Unique per sender. */
    long requestId();

    /** Exact encoded size of the payload in bytes, without the envelope. */
    int payloadBytes();
}
