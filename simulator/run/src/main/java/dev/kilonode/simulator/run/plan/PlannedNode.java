package dev.kilonode.simulator.run.plan;

/**
 * One node of the network.
 *
 * @param number its number among the nodes; the first ones are the bootstraps
 * @param host number of its host
 * @param port its first listen port; churn may change it
 * @param joinNanos its start, from the start of the run
 */
public record PlannedNode(int number, int host, int port, long joinNanos) {

    public static final int FIRST_PORT = 10_000;

    /** The name from which its identity and its random streams are derived. */
    public String name() {
        return "node-" + number;
    }
}
