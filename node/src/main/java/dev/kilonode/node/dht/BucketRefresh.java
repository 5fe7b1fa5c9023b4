package dev.kilonode.node.dht;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import java.util.function.Consumer;

/**
 * Periodic passes that refresh stale buckets: those that no peer has touched for a while, including those that were always empty. Each is
 * refreshed by a lookup of a random id in it. As in the system studied, a refresh does not count as a touch, so an empty bucket is
 * refreshed again in every pass; this causes most of a network's traffic.
 *
 * <p>Closed loop: at most {@code parallel} lookups are under way. A pass that takes longer than the interval delays the next one, and so
 * does every pass if the interval is a pause between passes. The load therefore falls when the network slows down.
 */
final class BucketRefresh {

    private enum State {
        RESTING,
        REFRESHING
    }

    private final NodeRuntime runtime;
    private final DhtConfig config;
    private final PeerId self;
    private final Lookups lookups;
    private final KnownPeers knownPeers;
    private final NodeObserver observer;
    private final Runnable beginPass = this::beginPass;
    private final Consumer<LookupResult> ended = this::ended;

    private State state = State.RESTING;
    private final int[] due;
    private int dueCount;
    private int next;
    private int underWay;
    private long passBeganNanos;
    private long passes;
    private long refreshed;

    BucketRefresh(
            NodeRuntime runtime,
            DhtConfig config,
            PeerId self,
            Lookups lookups,
            KnownPeers knownPeers,
            NodeObserver observer) {
        this.runtime = runtime;
        this.config = config;
        this.self = self;
        this.lookups = lookups;
        this.knownPeers = knownPeers;
        this.observer = observer;
        this.due = new int[Math.max(0, Math.min(config.refresh().buckets(), RoutingTable.BUCKETS))];
    }

    /** Starts the first pass at a random instant within one interval, so that nodes that start together do not refresh together. */
    void start() {
        if (due.length == 0) return;
        long intervalNanos = config.refresh().interval().toNanos();
        runtime.schedule((long) (runtime.random().nextDouble() * intervalNanos), beginPass);
    }

    long passes() {
        return passes;
    }

    long refreshed() {
        return refreshed;
    }

    private void beginPass() {
        if (lookups.stopped()) return;
        state = State.REFRESHING;
        passBeganNanos = runtime.nowNanos();
        dueCount = 0;
        next = 0;
        RoutingTable table = knownPeers.table();
        long staleAfterNanos = config.refresh().staleAfter().toNanos();
        for (int b = 0; b < RoutingTable.BUCKETS && dueCount < due.length; b++) {
            if (passBeganNanos - table.touchedNanos(b) >= staleAfterNanos) due[dueCount++] = b;
        }
        goOn();
    }

    private void goOn() {
        while (next < dueCount && underWay < Math.max(1, config.refresh().parallel())) {
            underWay++;
            PeerId target = self.randomWithSharedPrefix(due[next++], runtime.random());
            lookups.start(target, config.k(), ended);
        }
        if (underWay == 0 && state == State.REFRESHING) rest();
    }

    private void ended(LookupResult result) {
        underWay--;
        refreshed++;
        observer.count(Metric.BUCKETS_REFRESHED);
        knownPeers.connectAll(result.closest());
        goOn();
    }

    private void rest() {
        state = State.RESTING;
        passes++;
        observer.record(Metric.REFRESH_DUE, dueCount);
        observer.recordNanos(Metric.REFRESH_PASS, runtime.nowNanos() - passBeganNanos);
        long fromNanos = config.refresh().restAfterPass() ? runtime.nowNanos() : passBeganNanos;
        long dueNanos = fromNanos + config.refresh().interval().toNanos();
        runtime.schedule(Math.max(0, dueNanos - runtime.nowNanos()), beginPass);
    }
}
