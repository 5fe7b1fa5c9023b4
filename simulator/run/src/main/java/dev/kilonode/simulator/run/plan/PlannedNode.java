package dev.kilonode.simulator.run.plan;

/**
 * One node of the network.
 *
 * @param number its number among the nodes; the first ones are the bootstraps
 * @param host number of the host that it runs on
 * @param port where it listens, until churn gives it another
 * @param joinNanos when it starts, from the start of the run
 */
public record PlannedNode(int number, int host, int port, long joinNanos) {

    public static final int FIRST_PORT = 10_000;

    /** The name that its identity and its random streams derive from. */
    public String name() {
        return "node-" + number;
    }
}
