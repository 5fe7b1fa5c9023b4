package dev.kilonode.simulator.scenario;

/** What becomes of a run over several processes when one of them is lost. */
public enum OnWorkerLoss {
    /** The run goes on, and its verdict counts: the nodes of the lost process are down. */
    CONTINUE,
    /** The run ends. */
    ABORT,
    /** The run goes on, and is inconclusive. */
    INCONCLUSIVE
}
