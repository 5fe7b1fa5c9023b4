package dev.kilonode.node.replication;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.RequestListener;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.ReplicationMessage.SyncReply;
import dev.kilonode.node.wire.ReplicationMessage.SyncRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rounds in which a node compares its keys with some neighbours, one after another. Both sides send the keys they know that concern the
 * other; unknown keys are verified. A round starts after a random pause, and at once when the closest peers have changed. Closed loop:
 * one neighbour at a time.
 */
final class NeighbourSync implements RequestListener {

    private enum State {
        RESTING,
        BUILDING_HINTS,
        AWAITING_HINTS
    }

    /** Most neighbours with a recorded time of comparison; the oldest record is removed first. */
    static final int REMEMBERED = 1024;

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final Dht dht;
    private final Hints hints;
    private final ReplicationConfig.Sync config;
    private final NodeObserver observer;
    private final Verification verification;
    private final Pruning pruning;
    private final Runnable begin = this::begin;

    /** Time of the last comparison with each neighbour, oldest first. */
    private final Map<PeerId, Long> comparedNanos = new LinkedHashMap<>();

    private State state = State.RESTING;
    private @Nullable Timer next;
    private boolean beginningAtOnce;
    private boolean again;
    private boolean stopped;
    private int left;
    private int compared;
    private long askedNanos;

    NeighbourSync(
            NodeRuntime runtime,
            Messenger messenger,
            Dht dht,
            ChunkStore store,
            PaidChunks paid,
            Hints hints,
            ReplicationConfig.Sync config,
            NodeObserver observer) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.dht = dht;
        this.hints = hints;
        this.config = config;
        this.observer = observer;
        this.verification = new Verification(runtime, messenger, dht, store, paid, config, observer);
        this.pruning = new Pruning(runtime, store, hints, config, observer);
    }

    void start() {
        if (config.peers() == 0) return;
        dht.whenClosestChange(config.among(), this::closestChanged);
        rest();
    }

    void stop() {
        stopped = true;
        verification.stop();
    }

    int keysWaiting() {
        return verification.waiting();
    }

    boolean invariantsHold() {
        return verification.invariantsHold() && comparedNanos.size() <= REMEMBERED;
    }

    /** Answers a neighbour's request: takes its hints and returns ours. The replication loop waits meanwhile. */
    void answer(PeerId from, SyncRequest request, Runnable done) {
        verification.hinted(request.replicas(), request.paid());
        hints.build(from, (replicas, payments) -> {
            messenger.send(from, new SyncReply(request.requestId(), replicas, payments), null);
            done.run();
        });
    }

    @Override
    public void requestEnded(RequestResult exchange) {
        if (stopped) return;
        remember(exchange.peer().id());
        boolean answered = exchange.reply() instanceof SyncReply;
        if (exchange.reply() instanceof SyncReply reply) verification.hinted(reply.replicas(), reply.paid());
        observer.count(Metric.SYNCS, answered);
        if (answered) observer.recordNanos(Metric.SYNC_LATENCY, runtime.nowNanos() - askedNanos);
        compareWithNext();
    }

    private void closestChanged() {
        if (stopped || beginningAtOnce) return;
        if (state != State.RESTING) {
            again = true;
            return;
        }
        beginningAtOnce = true;
        if (next != null) next.cancel();
        next = runtime.schedule(0, begin);
    }

    private void begin() {
        beginningAtOnce = false;
        if (stopped) return;
        left = config.peers();
        compared = 0;
        compareWithNext();
    }

    private void compareWithNext() {
        PeerRecord neighbour = left == 0 ? null : longestUncompared();
        if (neighbour == null) {
            end();
            return;
        }
        left--;
        compared++;
        state = State.BUILDING_HINTS;
        hints.build(neighbour.id(), (replicas, payments) -> {
            if (stopped) return;
            state = State.AWAITING_HINTS;
            askedNanos = runtime.nowNanos();
            SyncRequest request = new SyncRequest(messenger.nextRequestId(), replicas, payments);
            messenger.request(neighbour, request, config.timeout().toNanos(), this);
        });
    }

    private void end() {
        if (compared > 0) pruning.run();
        state = State.RESTING;
        boolean atOnce = again && compared > 0;
        again = false;
        if (atOnce) closestChanged();
        else rest();
    }

    private void rest() {
        next = runtime.schedule(config.every().drawNanos(runtime.random()), begin);
    }

    /** The neighbour never compared with, or compared with longest ago, unless its cool-down has not passed. */
    private @Nullable PeerRecord longestUncompared() {
        List<PeerRecord> neighbours = dht.closest(messenger.self().id(), config.among());
        long latestNanos = runtime.nowNanos() - config.coolDown().toNanos();
        PeerRecord chosen = null;
        long chosenNanos = Long.MAX_VALUE;
        for (PeerRecord neighbour : neighbours) {
            Long when = comparedNanos.get(neighbour.id());
            long nanos = when == null ? Long.MIN_VALUE : when;
            if (when != null && nanos > latestNanos) continue;
            if (nanos < chosenNanos) {
                chosen = neighbour;
                chosenNanos = nanos;
            }
        }
        return chosen;
    }

    private void remember(PeerId neighbour) {
        comparedNanos.remove(neighbour);
        if (comparedNanos.size() == REMEMBERED) {
            comparedNanos.remove(comparedNanos.keySet().iterator().next());
        }
        comparedNanos.put(neighbour, runtime.nowNanos());
    }
}
