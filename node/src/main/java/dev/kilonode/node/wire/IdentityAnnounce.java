package dev.kilonode.node.wire;

/** "This is who I am": an empty payload whose signed envelope is the point. Sent on every new connection, both ways. */
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
