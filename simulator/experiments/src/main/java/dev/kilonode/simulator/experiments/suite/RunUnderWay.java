package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.suite.SuiteRun;

/** A run that is being made, from its start to its result. One thread. */
interface RunUnderWay {

    PlannedRun planned();

    /** Whether it has no result yet. */
    boolean isAlive();

    long wallNanos();

    /** The share of the run that is done, in [0, 1], as far as it has said. */
    double done();

    /** Asks it to stop. */
    void stop();

    /** Ends a run that neither ended nor stopped in time. */
    void kill();

    /** Whether what made it was killed or lost, so that it can be made again. It has ended. */
    boolean wasLost();

    /** The result. It has ended. */
    SuiteRun result();
}
