package dev.kilonode.simulator.scenario;

/** Estimates the heap that the nodes of a run need, from their number and the number of peers each one meets. */
public final class MemoryEstimate {
    private static final long FIXED_BYTES = 64L << 20;
    private static final long NODE_BYTES = 128L << 10;
    /** Memory that uploads occupy at a node: records of chunks, and addresses of clients. */
    private static final long UPLOADS_BYTES = 384L << 10;

    private static final long CONNECTION_BYTES = 700;
    /** A node eventually meets all others, but past connections occupy no memory. */
    private static final int MOST_CONNECTIONS = 1000;

    /** One host without nodes. */
    private static final long HOST_BYTES = 800;

    private static final long SLOT_BYTES = 8;
    private static final long SHARD_BYTES = 1500;

    /** Number of lookups that a node keeps, and bytes of one candidate. */
    private static final long LOOKUPS = 4;

    private static final long CANDIDATE_BYTES = 13;
    private static final long CHUNK_BYTES = 400;

    private MemoryEstimate() {}

    /**
     * Estimate in bytes: 64 MiB, plus 128 KiB and 700 B per connection for each node and client, plus 384 KiB each with uploads, plus
     * tables that settings enlarge, hosts, and the files being uploaded.
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

    /** Bytes of one node's tables. */
    private static long tables(Scenario scenario) {
        var transport = scenario.transport();
        var events = transport.connectionEvents();
        long rings = events.broadcastSlots() == 0 ? 0 : (events.broadcastSlots() + events.monitorSlots()) * SLOT_BYTES;
        return rings + transport.shards() * SHARD_BYTES + scenario.dht().maxCandidates() * CANDIDATE_BYTES * LOOKUPS;
    }

    /** Bytes of one client's file. */
    private static long file(Scenario scenario) {
        var upload = scenario.workload().upload();
        long chunks = upload.fileSize().count() / upload.chunkSize().count();
        long content = scenario.clock() == Clock.WALL ? 2 * upload.fileSize().count() : 0;
        return chunks * CHUNK_BYTES + content;
    }
}
