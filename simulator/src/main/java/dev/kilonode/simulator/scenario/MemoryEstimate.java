package dev.kilonode.simulator.scenario;

/** Roughly how much heap the nodes of a run need, from their number and from how many others each comes to know. */
public final class MemoryEstimate {
    private static final long FIXED_BYTES = 64L << 20;
    private static final long NODE_BYTES = 128L << 10;
    /** What uploads leave at a node: records of chunks, and addresses of clients. */
    private static final long UPLOADS_BYTES = 384L << 10;

    private static final long CONNECTION_BYTES = 700;
    /** A node meets every other one in time, but connections left behind are no objects. */
    private static final int MOST_CONNECTIONS = 1000;

    private MemoryEstimate() {}

    /** Bytes: 128 KiB and 700 B per connection for each node and client, with uploads 384 KiB more, and 64 MiB whatever the size. */
    public static long bytes(Scenario scenario) {
        long clients = scenario.workload().uploaders().count();
        long each = NODE_BYTES
                + (clients == 0 ? 0 : UPLOADS_BYTES)
                + CONNECTION_BYTES * Math.min(ExpectedTraffic.peersMet(scenario), MOST_CONNECTIONS);
        return FIXED_BYTES + (scenario.nodes().count() + clients) * each;
    }
}
