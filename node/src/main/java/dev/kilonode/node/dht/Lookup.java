package dev.kilonode.node.dht;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.RequestFailure;
import dev.kilonode.node.transport.RequestListener;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.DhtMessage.FindNode;
import dev.kilonode.node.wire.DhtMessage.FindNodeReply;
import dev.kilonode.node.wire.PeerRecord;
import java.util.List;
import java.util.function.Consumer;

/**
 * One iterative lookup: sends requests to the closest candidates not asked yet, alpha at once, and waits for the slowest of them before
 * the next wave. A peer that fails is not asked again in this lookup.
 *
 * <p>It ends after a wave that did not change the closest {@code count} responders and left no closer candidate unasked; or when no
 * candidate is left; or after the configured number of waves. Closed loop: at most alpha requests are outstanding. Instances are reused,
 * since lookups cause most of all traffic; an instance is idle only when nothing is outstanding.
 */
final class Lookup implements RequestListener {

    private enum State {
        IDLE,
        WAITING_FOR_WAVE,
        ENDING
    }

    private static final byte UNASKED = 0;
    private static final byte ASKED = 1;
    private static final byte ANSWERED = 2;
    private static final byte FAILED = 3;

    private static final Consumer<LookupResult> NOBODY = result -> {};

    private final Lookups lookups;
    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final KnownPeers knownPeers;
    private final NodeObserver observer;
    private final PeerId self;
    private final int maxIterations;
    private final int mostNamed;
    private final long timeoutNanos;
    private final Runnable finish = this::finish;

    private State state = State.IDLE;
    private PeerId target;
    private int count;
    private Consumer<LookupResult> then = NOBODY;
    private long startedNanos;
    private boolean beginning;

    /** Candidates in order of their distance to the target. */
    private final PeerRecord[] peers;

    private final long[] distances;
    private final byte[] states;
    private int candidates;
    private long ownDistance;

    private final PeerRecord[] wave;
    private int outstanding;
    private int waves;
    private boolean topChanged;

    private int requests;
    private int failures;
    private int identityTimeouts;
    private long dialNanos;
    private long identityNanos;

    Lookup(
            Lookups lookups,
            NodeRuntime runtime,
            Messenger messenger,
            DhtConfig config,
            KnownPeers knownPeers,
            NodeObserver observer) {
        this.lookups = lookups;
        this.runtime = runtime;
        this.messenger = messenger;
        this.knownPeers = knownPeers;
        this.observer = observer;
        this.self = messenger.self().id();
        this.target = self;
        this.maxIterations = config.maxIterations();
        this.mostNamed = config.k();
        this.timeoutNanos = config.requestTimeout().toNanos();
        this.peers = new PeerRecord[config.maxCandidates()];
        this.distances = new long[config.maxCandidates()];
        this.states = new byte[config.maxCandidates()];
        this.wave = new PeerRecord[config.alpha()];
    }

    /** @param then called once, never from within this call */
    void begin(PeerId target, int count, List<PeerRecord> known, Consumer<LookupResult> then) {
        this.target = target;
        this.count = count;
        this.then = then;
        startedNanos = runtime.nowNanos();
        candidates = 0;
        waves = 0;
        requests = 0;
        failures = 0;
        identityTimeouts = 0;
        dialNanos = 0;
        identityNanos = 0;
        ownDistance = target.distancePrefix(self);
        consider(known, known.size());
        beginning = true;
        nextWave();
        beginning = false;
    }

    @Override
    public void requestEnded(RequestResult exchange) {
        if (lookups.stopped()) return;
        requests++;
        dialNanos += exchange.dialNanos();
        identityNanos += exchange.identityNanos();
        int at = rank(exchange.peer(), target.distancePrefix(exchange.peer().id()), 0);
        if (exchange.reply() instanceof FindNodeReply reply) {
            states[at] = ANSWERED;
            if (answeredBefore(at) < count) topChanged = true;
            knownPeers.answered(exchange.peer());
            consider(reply.closest(), Math.min(reply.closest().size(), mostNamed));
        } else {
            states[at] = FAILED;
            failures++;
            if (exchange.failure() == RequestFailure.IDENTITY_TIMED_OUT) identityTimeouts++;
            knownPeers.failed(exchange.peer(), exchange.failure());
        }
        if (--outstanding == 0) {
            if (converged()) end();
            else nextWave();
        }
    }

    private void nextWave() {
        int picked = 0;
        if (waves < maxIterations) {
            for (int i = 0; i < candidates && picked < wave.length; i++) {
                if (states[i] != UNASKED) continue;
                states[i] = ASKED;
                wave[picked++] = peers[i];
            }
        }
        if (picked == 0) {
            end();
            return;
        }
        state = State.WAITING_FOR_WAVE;
        waves++;
        topChanged = false;
        outstanding = picked; // set first, because a request that fails at once would otherwise end the wave
        for (int i = 0; i < picked; i++) {
            messenger.request(wave[i], new FindNode(messenger.nextRequestId(), target), timeoutNanos, this);
        }
    }

    private boolean converged() {
        if (topChanged) return false;
        int responders = 0;
        for (int i = 0; i < candidates && responders < count; i++) {
            if (states[i] == UNASKED) return false;
            if (states[i] == ANSWERED) responders++;
        }
        return responders == count;
    }

    private void end() {
        state = State.ENDING;
        if (beginning) runtime.schedule(0, finish);
        else finish();
    }

    private void finish() {
        if (state != State.ENDING || lookups.stopped()) return;
        NearestPeers closest = new NearestPeers(target, Math.min(count, answeredBefore(candidates)));
        for (int i = 0, filled = 0; filled < closest.size(); i++) {
            if (states[i] != ANSWERED) continue;
            closest.peers[filled] = peers[i];
            closest.distances[filled++] = distances[i];
        }
        long nanos = runtime.nowNanos() - startedNanos;
        var result = new LookupResult(closest, requests, failures, nanos, dialNanos, identityNanos, identityTimeouts);
        Consumer<LookupResult> callback = then;
        then = NOBODY;
        state = State.IDLE;
        lookups.release(this); // before the callback, which may start another lookup
        observer.recordNanos(Metric.LOOKUP_LATENCY, nanos);
        callback.accept(result);
    }

    private int answeredBefore(int end) {
        int answered = 0;
        for (int i = 0; i < end; i++) {
            if (states[i] == ANSWERED) answered++;
        }
        return answered;
    }

    /** Adds candidates. Since they come nearest first, each peer takes about one step through the candidates. */
    private void consider(List<PeerRecord> named, int most) {
        NearestPeers nearest = named instanceof NearestPeers n && n.areDistancesTo(target) ? n : null;
        int from = 0;
        for (int i = 0; i < most; i++) {
            PeerRecord peer = nearest != null ? nearest.peers[i] : named.get(i);
            long distance = nearest != null ? nearest.distances[i] : target.distancePrefix(peer.id());
            if (from > 0 && Long.compareUnsigned(distances[from - 1], distance) >= 0)
                from = 0; // not in order after all
            int at = rank(peer, distance, from);
            from = at < 0 ? ~at : at;
            if (at < 0 && (distance != ownDistance || !peer.id().equals(self))) insertAt(from, peer, distance);
        }
    }

    /** Inserts a candidate. If there is no room, it replaces the farthest candidate, unless it is farther or that one has been asked. */
    private void insertAt(int at, PeerRecord peer, long distance) {
        if (candidates == peers.length) {
            if (at == candidates || states[candidates - 1] != UNASKED) return;
            candidates--;
        }
        if (at < candidates) {
            System.arraycopy(peers, at, peers, at + 1, candidates - at);
            System.arraycopy(distances, at, distances, at + 1, candidates - at);
            System.arraycopy(states, at, states, at + 1, candidates - at);
        }
        peers[at] = peer;
        distances[at] = distance;
        states[at] = UNASKED;
        candidates++;
    }

    /**
     * @param from a rank before which all candidates are closer to the target
     * @return the candidate's rank, or the complement of the rank it would have
     */
    private int rank(PeerRecord peer, long distance, int from) {
        int at = from;
        while (at < candidates && Long.compareUnsigned(distances[at], distance) < 0) at++;
        for (; at < candidates && distances[at] == distance; at++) {
            if (peers[at] == peer) return at;
            int order = target.compareDistance(peers[at].id(), peer.id());
            if (order == 0) return at;
            if (order > 0) break;
        }
        return ~at;
    }
}
