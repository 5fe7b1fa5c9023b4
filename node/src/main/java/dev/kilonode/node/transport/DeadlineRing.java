package dev.kilonode.node.transport;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import org.jspecify.annotations.Nullable;

/**
 * All requests with the same timeout. They expire in the order in which they were armed, so one timer serves them all, and a request that
 * is answered in time needs none.
 */
final class DeadlineRing {

    final long timeoutNanos;
    private final NodeRuntime runtime;
    private final Runnable due = this::due;
    private @Nullable PendingRequest first;
    private @Nullable PendingRequest last;
    private @Nullable Timer timer;

    DeadlineRing(NodeRuntime runtime, long timeoutNanos) {
        this.runtime = runtime;
        this.timeoutNanos = timeoutNanos;
    }

    void arm(PendingRequest request) {
        if (request.ring != null) throw new IllegalStateException("armed already");
        request.ring = this;
        request.deadlineNanos = runtime.nowNanos() + timeoutNanos;
        request.earlier = last;
        if (last == null) first = request;
        else last.later = request;
        last = request;
        if (timer == null) timer = runtime.schedule(timeoutNanos, due);
    }

    void remove(PendingRequest request) {
        PendingRequest before = request.earlier;
        PendingRequest after = request.later;
        if (before == null) first = after;
        else before.later = after;
        if (after == null) last = before;
        else after.earlier = before;
        request.earlier = null;
        request.later = null;
        request.ring = null;
    }

    void cancel() {
        if (timer != null) timer.cancel();
        timer = null;
    }

    int size() {
        int size = 0;
        for (PendingRequest request = first; request != null; request = request.later) size++;
        return size;
    }

    /** The timer was set for the oldest request at that time, which may have been answered since. */
    private void due() {
        timer = null;
        long nowNanos = runtime.nowNanos();
        PendingRequest oldest = first;
        while (oldest != null && oldest.deadlineNanos <= nowNanos) {
            remove(oldest);
            oldest.expired();
            oldest = first;
        }
        if (oldest != null && timer == null) timer = runtime.schedule(oldest.deadlineNanos - nowNanos, due);
    }
}
