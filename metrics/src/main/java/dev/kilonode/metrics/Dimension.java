package dev.kilonode.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A label of metrics and its values. Code that counts refers to a value by its index. For values of an enumeration the index is the
 * ordinal, which a test in the module of the enumeration checks. For a label with the values no and yes, no is first.
 */
public enum Dimension {
    /** By the tag on the wire; the last value is for a frame whose kind cannot be read. */
    MESSAGE_KIND(
            "kind",
            "identity-announce",
            "find-node",
            "find-node-reply",
            "ping",
            "pong",
            "notify",
            "quote-request",
            "quote-reply",
            "put-request",
            "put-reply",
            "get-request",
            "get-reply",
            "fresh-offer",
            "fresh-offer-reply",
            "paid-notify",
            "sync-request",
            "sync-reply",
            "verify-request",
            "verify-reply",
            "fetch-request",
            "fetch-reply",
            "audit-request",
            "audit-reply",
            "unreadable"),
    DROP_CAUSE("cause", "receive-queue-full", "shard-full", "handler-lagged", "unread", "shut-down"),
    /** The number of a shard; a {@link MetricSet} defines how many there are. */
    SHARD("shard"),
    REFUSAL_CAUSE("cause", "malformed", "oversize", "bad-signature", "wrong-sender", "replayed", "from-the-future"),
    DIALLER("dialler", "node", "client"),
    SIDE("side", "accepted", "dialled"),
    SUPPRESSED_EVENT("why", "accepted-unread", "dialled-unannounced", "marked-at-accept"),
    CONNECTION_EVENT("event", "up", "down", "data"),
    ANNOUNCE_OUTCOME("outcome", "acknowledged", "unacknowledged", "not-sent"),
    LOCK("lock", "peers", "channels", "user-agents"),
    /** The only lock of the registry whose utilisation is sampled. */
    PEERS_LOCK("lock", "peers"),
    SYNC_OUTCOME("outcome", "unanswered", "answered"),
    VERIFY_OUTCOME("outcome", "unconfirmed", "confirmed"),
    FETCH_OUTCOME("outcome", "failed", "stored"),
    AUDIT_OUTCOME("outcome", "passed", "failed", "unanswered"),
    CHUNK_REFUSAL("cause", "full", "corrupt", "disk"),
    CHUNK_LOSS("cause", "corrupt", "disk"),
    ORIGIN("origin", "node", "client", "left-over"),
    RECEIVE_STAGE("stage", "queue", "retrying"),
    LAG("of", "timers", "inbox", "workers"),
    LINK_REFUSAL(
            "cause", "garbage-datagram", "handshake-failed", "handshake-refused", "protocol-breach", "frame-cut-short"),
    LINK_LOSS(
            "cause",
            "queue-full",
            "never-left",
            "unacknowledged",
            "connection-closed",
            "peer-gone",
            "cut-off",
            "closed-in-transit",
            "node-stopped"),
    /** The causes of {@link #LINK_LOSS} first, and then those for which only the sender gives a frame up. */
    GIVE_UP_CAUSE(
            "cause",
            "queue-full",
            "never-left",
            "unacknowledged",
            "connection-closed",
            "peer-gone",
            "cut-off",
            "closed-in-transit",
            "node-stopped",
            "on-path",
            "on-downlink",
            "acknowledgement-late"),
    INVARIANT(
            "invariant",
            "peers-have-connections",
            "channels-have-connections",
            "registry-maps-mirror",
            "peer-events-paired",
            "peer-count-agrees",
            "connections-released",
            "requests-end",
            "lock-waiters-served",
            "timers-released",
            "uploads-end",
            "chunks-readable"),
    ROGUE_ACT("what", "garbage-frame", "garbage-bytes", "half-open", "request", "nothing");

    private final String label;
    private final List<String> values;

    Dimension(String label, String... values) {
        this.label = label;
        this.values = List.of(values);
    }

    /** The name of the label in scenario files and results. */
    public String label() {
        return label;
    }

    /** Its values by index; empty for {@link #SHARD}. */
    public List<String> labelValues() {
        return values;
    }

    /** The index of a value. */
    public int indexOf(String value) {
        int index = values.indexOf(value);
        if (index < 0) throw new IllegalArgumentException("got '" + value + "', expected one of " + values);
        return index;
    }

    /** Its values in a run of {@code shards} shards. */
    List<String> labelValues(int shards) {
        return this == SHARD
                ? IntStream.range(0, shards).mapToObj(Integer::toString).toList()
                : values;
    }
}
