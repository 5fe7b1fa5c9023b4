package dev.kilonode.simulator.run.harness;

/** What a watchdog sees of a run. Any thread. */
public interface WatchedRun {

    /** Time of the run. */
    long nowNanos();

    /** A number that stays the same while the run hangs. */
    long progress();

    /** Stops the run soon. */
    void interrupt();
}
