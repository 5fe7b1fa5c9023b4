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

    /** More than the number of nodes on one host, so that nodes with new ports never collide. */
    private static final int PORT_STRIDE = 1_000;

    private static final int PORTS = 55 * PORT_STRIDE;

    /** The port of a node at {@code port} after it has moved: one that no node of its host uses or has used recently. */
    public static int portAfterMove(int port) {
        return FIRST_PORT + (port - FIRST_PORT + PORT_STRIDE) % PORTS;
    }

    /** The name from which its identity and its random streams are derived. */
    public String name() {
        return "node-" + number;
    }
}
