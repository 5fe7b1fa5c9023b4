package dev.kilonode.node.dht;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.Messenger;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Starts lookups and keeps a few ended ones for reuse. It has no queue: the callers bound the number of lookups that run. Invariant:
 * started = ended + under way.
 */
final class Lookups {

    private static final int KEPT = 4;

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final DhtConfig config;
    private final KnownPeers knownPeers;
    private final NodeObserver observer;
    private final ArrayDeque<Lookup> idle = new ArrayDeque<>(KEPT);

    private long started;
    private long ended;
    private boolean stopped;

    Lookups(NodeRuntime runtime, Messenger messenger, DhtConfig config, KnownPeers knownPeers, NodeObserver observer) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.config = config;
        this.knownPeers = knownPeers;
        this.observer = observer;
    }

    /** @param then called once, never from within this call, and never after {@link #stop} */
    void start(PeerId target, int count, Consumer<LookupResult> then) {
        if (stopped) return;
        started++;
        Lookup lookup = idle.poll();
        if (lookup == null) lookup = new Lookup(this, runtime, messenger, config, knownPeers, observer);
        lookup.begin(target, count, knownPeers.table().closest(target, Math.max(config.k(), count)), then);
    }

    void release(Lookup lookup) {
        ended++;
        if (idle.size() < KEPT) idle.push(lookup);
    }

    long started() {
        return started;
    }

    long underWay() {
        return started - ended;
    }

    boolean stopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
    }
}
