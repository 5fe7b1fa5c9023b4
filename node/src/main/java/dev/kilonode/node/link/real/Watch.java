package dev.kilonode.node.link.real;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint does by the clock: gives up frames that are not acknowledged in time, closes silent connections, keeps
 * others alive. Two timers an endpoint, and none while there is nothing to watch. On the node's thread.
 */
final class Watch {

    private static final int LOOKS_PER_SILENCE = 4;

    private final RealEndpoint endpoint;
    private final NodeRuntime runtime;
    private final Collection<RealConnection> connections;
    private final long firstDeadlineNanos;
    private final long idleNanos;
    private final long keepAliveNanos;
    private final long lookNanos;
    private @Nullable Timer deadline;
    private @Nullable Timer look;

    Watch(RealEndpoint endpoint, NodeRuntime runtime, LinkConfig config, Collection<RealConnection> connections) {
        this.endpoint = endpoint;
        this.runtime = runtime;
        this.connections = connections;
        firstDeadlineNanos =
                Math.min(Urgency.AWAITED.deadlineNanos(0), config.sendTimeout().toNanos());
        idleNanos = config.idleTimeout().toNanos();
        keepAliveNanos = config.keepAlive().toNanos();
        long shortest = keepAliveNanos == 0 || idleNanos > 0 && idleNanos < keepAliveNanos ? idleNanos : keepAliveNanos;
        lookNanos = shortest / LOOKS_PER_SILENCE;
    }

    /** A frame has been sent: no deadline can be earlier than that of a small frame which left at once. */
    void sent() {
        if (deadline == null) deadline = runtime.schedule(firstDeadlineNanos, this::giveUp);
    }

    /** A connection is up. */
    void connected() {
        if (look == null && lookNanos > 0) look = runtime.schedule(lookNanos, this::look);
    }

    void stop() {
        if (deadline != null) deadline.cancel();
        if (look != null) look.cancel();
    }

    private void giveUp() {
        deadline = null;
        long nowNanos = runtime.nowNanos();
        long nextNanos = Long.MAX_VALUE;
        List<Outgoing> late = new ArrayList<>();
        for (RealConnection connection : connections) {
            Outgoing after;
            for (Outgoing sent = connection.firstUnanswered(); sent != null; sent = after) {
                after = sent.next;
                long waitNanos = sent.deadlineNanos() - nowNanos;
                if (sent.isDone()) connection.unlist(sent);
                else if (waitNanos <= 0) late.add(sent);
                else nextNanos = Math.min(nextNanos, waitNanos);
            }
        }
        if (nextNanos < Long.MAX_VALUE) deadline = runtime.schedule(nextNanos, this::giveUp);
        for (Outgoing sent : late) sent.giveUp();
        for (Outgoing sent : late) sent.tell(); // only now, because the node may do anything on hearing it
    }

    private void look() {
        look = null;
        long nowNanos = runtime.nowNanos();
        List<RealConnection> silent = new ArrayList<>();
        for (RealConnection connection : connections) {
            if (connection.isBehind()) connection.heard(); // nothing is heard because this end does not read
            else if (idleNanos > 0 && nowNanos - connection.heardNanos() >= idleNanos) silent.add(connection);
            if (keepAliveNanos > 0 && nowNanos - connection.spokenNanos > keepAliveNanos - lookNanos) {
                connection.spokenNanos = nowNanos;
                connection.line().ping();
            }
        }
        if (!connections.isEmpty()) look = runtime.schedule(lookNanos, this::look);
        for (RealConnection connection : silent) endpoint.close(connection, CloseReason.IDLE);
    }
}
