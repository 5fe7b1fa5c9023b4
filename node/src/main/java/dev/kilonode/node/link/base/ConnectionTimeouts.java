package dev.kilonode.node.link.base;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time-outs of one endpoint: fails frames that are not acknowledged in time, closes idle connections and sends keep-alives. Uses
 * two timers for each endpoint, and none while nothing can time out. On the node's thread.
 */
final class ConnectionTimeouts {

    private static final int CHECKS_PER_TIMEOUT = 4;

    private final AbstractEndpoint endpoint;
    private final NodeRuntime runtime;
    private final Collection<BaseConnection> connections;
    private final long firstDeadlineNanos;
    private final long idleNanos;
    private final long keepAliveNanos;
    private final long checkNanos;
    private @Nullable Timer deadline;
    private @Nullable Timer idleCheck;

    ConnectionTimeouts(
            AbstractEndpoint endpoint, NodeRuntime runtime, LinkConfig config, Collection<BaseConnection> connections) {
        this.endpoint = endpoint;
        this.runtime = runtime;
        this.connections = connections;
        firstDeadlineNanos =
                Math.min(AckPolicy.PROMPT.deadlineNanos(0), config.sendTimeout().toNanos());
        idleNanos = config.idleTimeout().toNanos();
        keepAliveNanos = config.keepAlive().toNanos();
        long shortest = keepAliveNanos == 0 || idleNanos > 0 && idleNanos < keepAliveNanos ? idleNanos : keepAliveNanos;
        checkNanos = shortest / CHECKS_PER_TIMEOUT;
    }

    /** A frame has been sent. No deadline is earlier than that of a small frame that left at once. */
    void sent() {
        if (deadline == null) deadline = runtime.schedule(firstDeadlineNanos, this::failOverdue);
    }

    /** A connection is established. */
    void connected() {
        if (idleCheck == null && checkNanos > 0) idleCheck = runtime.schedule(checkNanos, this::checkIdle);
    }

    void stop() {
        if (deadline != null) deadline.cancel();
        if (idleCheck != null) idleCheck.cancel();
    }

    private void failOverdue() {
        deadline = null;
        long nowNanos = runtime.nowNanos();
        long nextNanos = Long.MAX_VALUE;
        List<PendingWrite> late = new ArrayList<>();
        for (BaseConnection connection : connections) {
            PendingWrite after;
            for (PendingWrite sent = connection.firstUnacknowledged(); sent != null; sent = after) {
                after = sent.next;
                long waitNanos = sent.deadlineNanos() - nowNanos;
                if (sent.isDone()) connection.unlist(sent);
                else if (waitNanos <= 0) late.add(sent);
                else nextNanos = Math.min(nextNanos, waitNanos);
            }
        }
        if (nextNanos < Long.MAX_VALUE) deadline = runtime.schedule(nextNanos, this::failOverdue);
        for (PendingWrite sent : late) sent.giveUp();
        // Only after the loop above, because the node may change the connections when it is notified.
        for (PendingWrite sent : late) sent.notifyListener();
    }

    private void checkIdle() {
        idleCheck = null;
        long nowNanos = runtime.nowNanos();
        List<BaseConnection> silent = new ArrayList<>();
        for (BaseConnection connection : connections) {
            if (connection.isBehind())
                connection.recordActivity(); // nothing arrives because this endpoint does not read
            else if (idleNanos > 0 && nowNanos - connection.lastReceivedNanos() >= idleNanos) silent.add(connection);
            if (keepAliveNanos > 0 && nowNanos - connection.lastSentNanos > keepAliveNanos - checkNanos) {
                connection.lastSentNanos = nowNanos;
                connection.frameChannel().ping();
            }
        }
        if (!connections.isEmpty()) idleCheck = runtime.schedule(checkNanos, this::checkIdle);
        for (BaseConnection connection : silent) endpoint.close(connection, CloseReason.IDLE);
    }
}
