package dev.kilonode.simulator.scenario;

import dev.kilonode.node.dht.DhtConfig;

/** What a node of a scenario will do, worked out before the run: how often it looks up, and how many others that makes it meet. */
public final class ExpectedTraffic {

    private ExpectedTraffic() {}

    /** With how many others a node has spoken by the end, at most: who uploads meets all, and who only looks up meets those it asks. */
    public static long peersMet(Scenario scenario) {
        long others = scenario.nodes().count() + scenario.workload().uploaders().count() - 1;
        if (scenario.workload().uploaders().count() > 0) return others;
        DhtConfig dht = scenario.dht();
        double asked =
                (1 + lookupsPerSecond(dht) * scenario.duration().toMillis() / 1e3) * dht.alpha() * dht.maxIterations()
                        + dht.notifications().neighbours();
        return (long) Math.min(others, 2 * asked); // and is asked by as many
    }

    /** Lookups of one node: those of its own id, and those of buckets that have come of age. */
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
