package dev.kilonode.simulator.run.distributed;

/**
 * The offset of a worker's clocks from the coordinator's, from exchanges of messages: half of the shortest round trip is the greatest
 * error of an estimate. The run is timed by the monotonic clocks; the system clocks are measured to be shown.
 */
final class ClockOffset {

    private long offsetNanos;
    private long errorNanos = Long.MAX_VALUE;
    private long firstOffsetNanos;
    private boolean fixed;
    private long systemOffsetMillis;
    private int exchanges;

    /**
     * Adds an exchange.
     *
     * @param sentNanos when the coordinator sent the question, on its monotonic clock
     * @param receivedNanos when the answer arrived there
     * @param workerNanos the worker's monotonic clock when it answered
     * @param systemMillis the coordinator's system clock when the answer arrived
     * @param workerSystemMillis the worker's system clock when it answered
     */
    void exchanged(long sentNanos, long receivedNanos, long workerNanos, long systemMillis, long workerSystemMillis) {
        exchanges++;
        long error = (receivedNanos - sentNanos + 1) / 2;
        if (error > errorNanos) return;
        errorNanos = error;
        offsetNanos = workerNanos - (sentNanos + error);
        systemOffsetMillis = workerSystemMillis - (systemMillis - error / 1_000_000);
    }

    /** Takes the present offset for the run; what is measured from now on tells how far the clocks have drifted since. */
    void fix() {
        fixed = true;
        firstOffsetNanos = offsetNanos;
        forget();
    }

    /** Forgets the best exchange, so that the next ones tell of now. */
    void forget() {
        errorNanos = Long.MAX_VALUE;
        exchanges = 0;
    }

    int exchanges() {
        return exchanges;
    }

    /** The worker's monotonic clock at a time of the coordinator's. */
    long onWorker(long coordinatorNanos) {
        return coordinatorNanos + (fixed ? firstOffsetNanos : offsetNanos);
    }

    /** How far the worker's clock of the run is from the coordinator's now. */
    long driftNanos() {
        return Math.abs(offsetNanos - firstOffsetNanos);
    }

    long errorNanos() {
        return errorNanos;
    }

    /** The worker's system clock minus the coordinator's. */
    long systemOffsetMillis() {
        return systemOffsetMillis;
    }
}
