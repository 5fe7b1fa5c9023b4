package dev.kilonode.simulator.scenario;

/** Roughly how much heap a virtual run needs, from the number of nodes. */
public final class MemoryEstimate {
    private static final long FIXED_BYTES = 150L << 20;
    private static final long NODE_BYTES = 512L << 10;
    private static final long CONNECTION_BYTES = 700;
    /** A node meets every other one in time, but connections left behind are no objects. */
    private static final int MOST_CONNECTIONS = 1000;

    private MemoryEstimate() {}

    /** Bytes: 0.5 MiB and 700 B per connection for each node and client, and 150 MiB whatever the size. */
    public static long bytes(Scenario scenario) {
        long peers = (long) scenario.nodes().count()
                + scenario.workload().uploaders().count();
        return FIXED_BYTES + peers * (NODE_BYTES + CONNECTION_BYTES * Math.min(peers, MOST_CONNECTIONS));
    }
}
