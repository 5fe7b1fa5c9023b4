package dev.kilonode.node.wire;

/**
 * Announces the sender's identity: the payload is empty, the signed envelope is the content. Both sides send it on every new connection.
 */
public record IdentityAnnounce() implements Message {

    public static final IdentityAnnounce INSTANCE = new IdentityAnnounce();

    @Override
    public MessageKind kind() {
        return MessageKind.IDENTITY_ANNOUNCE;
    }

    @Override
    public long requestId() {
        return 0;
    }

    @Override
    public int payloadBytes() {
        return 0;
    }
}
