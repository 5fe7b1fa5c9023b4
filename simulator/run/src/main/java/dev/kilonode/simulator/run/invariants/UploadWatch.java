package dev.kilonode.simulator.run.invariants;

import dev.kilonode.node.transport.Transport;
import java.util.HashMap;
import java.util.Map;

/** Watches that the uploads under way go on: that their requests end, and that between requests a client does not wait for ever. */
final class UploadWatch {

    /** Receives uploads that have stopped. */
    interface Listener {
        void stopped(long upload, String why, long standingNanos);
    }

    private static final class Running {
        final Progress pause = new Progress();
        final Progress request = new Progress();
        boolean told;
        boolean toldLately;
    }

    private final RunningUploads uploads;
    private Map<Long, Running> running = new HashMap<>();

    UploadWatch(RunningUploads uploads) {
        this.uploads = uploads;
    }

    /**
     * Passes each upload that stands still for longer than {@code limits} allow to {@code listener}, once.
     *
     * @param disturbed whether a lack of progress is excused
     */
    void look(long nowNanos, ProgressLimits limits, boolean disturbed, Listener listener) {
        Map<Long, Running> seen = new HashMap<>();
        uploads.forEach((upload, transport) -> {
            Running one = running.computeIfAbsent(upload, unused -> new Running());
            seen.put(upload, one);
            boolean asks = transport.pendingRequests() > 0;
            boolean excused = disturbed || waitsForLock(transport);
            long pauseNanos = one.pause.seen(nowNanos, transport.lastRequestId(), Progress.activity(!asks, excused));
            long requestNanos =
                    one.request.seen(nowNanos, transport.oldestRequestId(), Progress.activity(asks, excused));
            boolean stuck = requestNanos >= limits.requestNanos();
            if (one.told || !stuck && pauseNanos < limits.uploadNanos()) return;
            one.told = true;
            one.toldLately = true;
            if (stuck) listener.stopped(upload, "one of its requests does not end", requestNanos);
            else listener.stopped(upload, "it asks nobody any more", pauseNanos);
        });
        running = seen;
    }

    /** What was told up to now stands. */
    void accept() {
        for (Running one : running.values()) one.toldLately = false;
    }

    /** What was told since the last {@link #accept} is not to be trusted: uploads that still stand still are told again. */
    void forget() {
        for (Running one : running.values()) {
            if (one.toldLately) one.told = false;
        }
        accept();
    }

    private static boolean waitsForLock(Transport transport) {
        boolean[] waits = {false};
        transport.forEachLock(lock -> waits[0] |= lock.waiting() > 0);
        return waits[0];
    }
}
