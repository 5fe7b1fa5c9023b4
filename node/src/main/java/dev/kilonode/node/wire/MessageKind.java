package dev.kilonode.node.wire;

/** Every kind of message, with its topic. The ordinal is the tag on the wire: append only, never reorder. */
public enum MessageKind {
    IDENTITY_ANNOUNCE(Topic.IDENTITY, false),
    FIND_NODE(Topic.DHT, false),
    FIND_NODE_REPLY(Topic.DHT, true),
    PING(Topic.DHT, false),
    PONG(Topic.DHT, true),
    NOTIFY(Topic.DHT, false),
    QUOTE_REQUEST(Topic.CHUNK, false),
    QUOTE_REPLY(Topic.CHUNK, true),
    PUT_REQUEST(Topic.CHUNK, false),
    PUT_REPLY(Topic.CHUNK, true),
    GET_REQUEST(Topic.CHUNK, false),
    GET_REPLY(Topic.CHUNK, true),
    FRESH_OFFER(Topic.REPLICATION, false),
    FRESH_OFFER_REPLY(Topic.REPLICATION, true),
    PAID_NOTIFY(Topic.REPLICATION, false),
    SYNC_REQUEST(Topic.REPLICATION, false),
    SYNC_REPLY(Topic.REPLICATION, true),
    VERIFY_REQUEST(Topic.REPLICATION, false),
    VERIFY_REPLY(Topic.REPLICATION, true),
    FETCH_REQUEST(Topic.REPLICATION, false),
    FETCH_REPLY(Topic.REPLICATION, true),
    AUDIT_REQUEST(Topic.REPLICATION, false),
    AUDIT_REPLY(Topic.REPLICATION, true);

    private final Topic topic;
    private final boolean reply;

    MessageKind(Topic topic, boolean reply) {
        this.topic = topic;
        this.reply = reply;
    }

    public Topic topic() {
        return topic;
    }

    /** Whether this kind answers a request and completes the sender's pending request. */
    public boolean isReply() {
        return reply;
    }

    /** The label used in metrics, such as {@code find-node}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
