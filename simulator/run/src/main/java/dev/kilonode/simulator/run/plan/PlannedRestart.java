package dev.kilonode.simulator.run.plan;

/**
 * One restart of a node by churn.
 *
 * @param node number of the node
 * @param abrupt whether it stops without closing its connections
 * @param moves whether it restarts at another port
 */
public record PlannedRestart(int node, long downNanos, boolean abrupt, boolean moves, long upNanos) {}
