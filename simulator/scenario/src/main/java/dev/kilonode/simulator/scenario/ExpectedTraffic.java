package dev.kilonode.simulator.scenario;

import dev.kilonode.node.dht.DhtConfig;

/** Estimates the traffic of a node before the run: its lookups, and the number of peers it meets. */
public final class ExpectedTraffic {

    private ExpectedTraffic() {}

    /**
     * Upper bound of the peers that a node has met by the end of the run. With uploads a node meets all others; with lookups alone, those
     * it asks.
     */
    public static long peersMet(Scenario scenario) {
        long others = scenario.nodes().count() + scenario.workload().uploaders().count() - 1;
        if (scenario.workload().uploaders().count() > 0) return others;
        DhtConfig dht = scenario.dht();
        double asked =
                (1 + lookupsPerSecond(dht) * scenario.duration().toMillis() / 1e3) * dht.alpha() * dht.maxIterations()
                        + dht.notifications().neighbours();
        return (long) Math.min(others, 2 * asked); // and as many ask it
    }

    /** Lookups per second of one node: those of its own id, and those of stale buckets. */
    public static double lookupsPerSecond(DhtConfig dht) {
        double selfLookups = dht.selfLookupLoops()
                / ((dht.selfLookup().min().toMillis() + dht.selfLookup().max().toMillis()) / 2e3);
        double refreshes = dht.refresh().buckets()
                / Math.max(
                        1.0,
                        dht.refresh().staleAfter().toSeconds()
                                + dht.refresh().interval().toSeconds());
        return selfLookups + refreshes;
    }
}
