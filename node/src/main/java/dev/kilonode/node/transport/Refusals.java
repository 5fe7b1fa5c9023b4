package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.observe.RefusalCause;

/**
 * Counts refused frames by cause. A peer that breaks the protocol loses the connection. A wrong time stamp may come from a slow path or a
 * wrong clock, so it costs only the message.
 */
public final class Refusals {

    private final Endpoint endpoint;
    private final NodeObserver observer;
    private final long[] counts = new long[RefusalCause.values().length];

    Refusals(Endpoint endpoint, NodeObserver observer) {
        this.endpoint = endpoint;
        this.observer = observer;
    }

    void refuse(RefusalCause cause, Connection connection, Frame frame) {
        counts[cause.ordinal()]++;
        observer.count(Metric.REFUSED, cause);
        switch (cause) {
            case MALFORMED, OVERSIZE, BAD_SIGNATURE, WRONG_SENDER ->
                endpoint.close(connection, CloseReason.PROTOCOL_ERROR);
            case REPLAYED, FROM_THE_FUTURE -> {}
        }
    }

    /** Number of refusals so far for a cause. */
    public long count(RefusalCause cause) {
        return counts[cause.ordinal()];
    }

    /** Number of refusals so far for all causes. */
    public long total() {
        long total = 0;
        for (long count : counts) total += count;
        return total;
    }
}
