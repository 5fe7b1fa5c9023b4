package dev.kilonode.simulator.scenario;

import dev.kilonode.node.dht.DhtConfig;

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
                + CONNECTION_BYTES * Math.min(peersMet(scenario), MOST_CONNECTIONS);
        return FIXED_BYTES + (scenario.nodes().count() + clients) * each;
    }

    /** With how many others a node has spoken by the end, at most: who uploads meets all, and who only looks up meets those it asks. */
    public static long peersMet(Scenario scenario) {
        long others = scenario.nodes().count() + scenario.workload().uploaders().count() - 1;
        if (scenario.workload().uploaders().count() > 0) return others;
        DhtConfig dht = scenario.dht();
        double asked = (1 + lookupsPerSecond(dht) * scenario.duration().toSeconds()) * dht.alpha() * dht.maxIterations()
                + dht.notifications().neighbours();
        return (long) Math.min(others, 2 * asked); // and is asked by as many
    }

    /** Lookups of one node: those of its own id, and those of buckets that have come of age. */
    public static double lookupsPerSecond(DhtConfig dht) {
        double selfLookups = dht.selfLookupLoops()
                / ((dht.selfLookup().min().toSeconds() + dht.selfLookup().max().toSeconds()) / 2.0);
        double refreshes = dht.refresh().buckets()
                / Math.max(
                        1.0,
                        dht.refresh().staleAfter().toSeconds()
                                + dht.refresh().interval().toSeconds());
        return selfLookups + refreshes;
    }
}
