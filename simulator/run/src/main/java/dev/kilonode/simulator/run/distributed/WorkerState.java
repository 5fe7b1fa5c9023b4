package dev.kilonode.simulator.run.distributed;

/** What a worker does, as its coordinator knows it. A worker leaves {@code ENDED} and {@code LOST} never. */
enum WorkerState {
    /** It has joined, and has no part. */
    JOINED,
    /** It prepares its part. */
    PREPARING,
    /** It waits for the begin of the run. */
    PREPARED,
    /** It runs its part. */
    RUNNING,
    /** It has reported the end of its part. */
    ENDED,
    /** It is gone, or has not reported for too long. */
    LOST
}
