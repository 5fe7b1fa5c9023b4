package dev.kilonode.node.dht;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.PeerRecord;
import java.util.function.Consumer;

/**
 * Endless loop of lookups of this node's own id, with a random pause after each. Closed loop: one lookup at a time. After each it dials
 * the peers found and checks the neighbours.
 */
final class SelfLookups {

    private final NodeRuntime runtime;
    private final DhtConfig config;
    private final PeerRecord self;
    private final Lookups lookups;
    private final KnownPeers knownPeers;
    private final Runnable afterwards;
    private final Runnable begin = this::begin;
    private final Consumer<LookupResult> ended = this::ended;

    /** @param afterwards called after each lookup, before the pause */
    SelfLookups(
            NodeRuntime runtime,
            DhtConfig config,
            PeerRecord self,
            Lookups lookups,
            KnownPeers knownPeers,
            Runnable afterwards) {
        this.runtime = runtime;
        this.config = config;
        this.self = self;
        this.lookups = lookups;
        this.knownPeers = knownPeers;
        this.afterwards = afterwards;
    }

    void start() {
        runtime.schedule(config.selfLookup().drawNanos(runtime.random()), begin);
    }

    private void begin() {
        lookups.start(self.id(), config.k(), ended); // does not call back on a stopped node, which ends the loop
    }

    private void ended(LookupResult result) {
        knownPeers.connectAll(result.closest());
        afterwards.run();
        start();
    }
}
