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

    /** One host with nothing on it. */
    private static final long HOST_BYTES = 800;

    private static final long SLOT_BYTES = 8;
    private static final long SHARD_BYTES = 1500;

    /** Lookups that a node keeps, and bytes of one candidate. */
    private static final long LOOKUPS = 4;

    private static final long CANDIDATE_BYTES = 13;
    private static final long CHUNK_BYTES = 400;

    private MemoryEstimate() {}

    /**
     * Bytes: 128 KiB and 700 B per connection for each node and client, with uploads 384 KiB more, and 64 MiB whatever the size; besides,
     * the tables that settings make larger than usual, hosts, and the files being uploaded.
     */
    public static long bytes(Scenario scenario) {
        long clients = scenario.workload().uploaders().count();
        long each = NODE_BYTES
                + tables(scenario)
                + (clients == 0 ? 0 : UPLOADS_BYTES)
                + CONNECTION_BYTES * Math.min(ExpectedTraffic.peersMet(scenario), MOST_CONNECTIONS);
        return FIXED_BYTES
                + (scenario.nodes().count() + clients) * each
                + clients * file(scenario)
                + clients * host(scenario.workload().uploaders().cores())
                + scenario.hosts().stream()
                        .mapToLong(group -> group.count() * host(group.cores()))
                        .sum();
    }

    private static long host(int cores) {
        return HOST_BYTES + cores * SLOT_BYTES;
    }

    /** Of one node. */
    private static long tables(Scenario scenario) {
        var transport = scenario.transport();
        var events = transport.connectionEvents();
        long rings = events.broadcastSlots() == 0 ? 0 : (events.broadcastSlots() + events.monitorSlots()) * SLOT_BYTES;
        return rings + transport.shards() * SHARD_BYTES + scenario.dht().maxCandidates() * CANDIDATE_BYTES * LOOKUPS;
    }

    /** Of one client. */
    private static long file(Scenario scenario) {
        var upload = scenario.workload().upload();
        long chunks = upload.fileSize().count() / upload.chunkSize().count();
        long content = scenario.clock() == Clock.WALL ? 2 * upload.fileSize().count() : 0;
        return chunks * CHUNK_BYTES + content;
    }
}
