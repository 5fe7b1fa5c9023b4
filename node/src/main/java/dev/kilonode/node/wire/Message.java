package dev.kilonode.node.wire;

/** What one node says to another, without the envelope that signs it. Immutable. */
public sealed interface Message permits IdentityAnnounce, DhtMessage, ChunkMessage, ReplicationMessage {

    MessageKind kind();

    /** Matches a reply to its request; 0 for messages that expect none. Unique per sender. */
    long requestId();

    /** Exact encoded size of the payload in bytes, without the envelope. */
    int payloadBytes();
}
