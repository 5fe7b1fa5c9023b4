package dev.kilonode.node.replication;

import dev.kilonode.metrics.Dimension;
import dev.kilonode.metrics.Metric;
import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.RequestListener;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.ReplicationMessage.VerifyReply;
import dev.kilonode.node.wire.ReplicationMessage.VerifyRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Verifies keys that neighbours hinted at and that are not known here. Keys are gathered into a batch; then all the peers nearest to them
 * are asked at once what they know of them. A key is confirmed if most of the nodes that should hold its chunk hold it, or most of those
 * that should know of its payment do; a missing chunk is then fetched. Closed loop: one batch at a time, one request per peer.
 *
 * <p>Invariant: offered = known + taken + dropped + waiting.
 */
final class Verification implements RequestListener {

    private enum State {
        RESTING,
        GATHERING,
        AWAITING_ANSWERS
    }

    /** Number of nodes that should hold a chunk, and number that should know of its payment. */
    static final int HOLDERS = 7;

    static final int WITNESSES = 20;

    /** Most keys in one batch. */
    static final int BATCH = 1024;

    private static final int UNCONFIRMED = Dimension.VERIFY_OUTCOME.indexOf("unconfirmed");
    private static final int CONFIRMED = Dimension.VERIFY_OUTCOME.indexOf("confirmed");

    /** Answers about one key. */
    private static final class Inquiry {
        private final boolean missing;
        private final List<PeerRecord> asked;
        private final List<PeerRecord> holders = new ArrayList<>();
        private int held;
        private int paid;

        Inquiry(boolean missing, List<PeerRecord> asked) {
            this.missing = missing;
            this.asked = asked;
        }

        boolean confirmed() {
            return held > Math.min(HOLDERS, asked.size()) / 2 || paid > asked.size() / 2;
        }
    }

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final Dht dht;
    private final ChunkStore store;
    private final PaidChunks paid;
    private final ReplicationConfig.Sync config;
    private final NodeObserver observer;
    private final Fetches fetches;
    private final Runnable ask = this::ask;

    /** Waiting keys, and whether their chunk should be held here. */
    private final Map<PeerId, Boolean> waiting = new LinkedHashMap<>();

    private final Map<PeerId, Inquiry> inquiries = new LinkedHashMap<>();
    private final Map<PeerId, List<PeerId>> keysAskedOf = new LinkedHashMap<>();

    private State state = State.RESTING;
    private boolean stopped;
    private int outstanding;
    private long offered;
    private long known;
    private long taken;
    private long dropped;

    Verification(
            NodeRuntime runtime,
            Messenger messenger,
            Dht dht,
            ChunkStore store,
            PaidChunks paid,
            ReplicationConfig.Sync config,
            NodeObserver observer) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.dht = dht;
        this.store = store;
        this.paid = paid;
        this.config = config;
        this.observer = observer;
        this.fetches = new Fetches(runtime, messenger, store, config, observer);
    }

    /** Handles hints of a neighbour: keys whose chunks, and whose payments, this node should hold. */
    void hinted(List<PeerId> replicas, List<PeerId> payments) {
        for (PeerId key : replicas) offer(key, true, store.holds(key) || fetches.isFetching(key));
        for (PeerId key : payments) offer(key, false, paid.knows(key));
    }

    void stop() {
        stopped = true;
        fetches.stop();
    }

    int waiting() {
        return waiting.size();
    }

    boolean invariantsHold() {
        return offered == known + taken + dropped + waiting.size()
                && waiting.size() <= config.verifyQueue()
                && fetches.invariantsHold();
    }

    private void offer(PeerId key, boolean chunk, boolean isKnown) {
        offered++;
        Boolean chunkWanted = waiting.get(key);
        if (isKnown || chunkWanted != null || inquiries.containsKey(key)) {
            known++;
            if (chunk && chunkWanted != null) waiting.put(key, true);
        } else if (waiting.size() >= config.verifyQueue()) {
            dropped++;
        } else {
            waiting.put(key, chunk);
            gather();
        }
    }

    private void gather() {
        if (state != State.RESTING || waiting.isEmpty()) return;
        state = State.GATHERING;
        runtime.schedule(config.verifyPoll().toNanos(), ask);
    }

    private void ask() {
        if (stopped) return;
        Map<PeerId, PeerRecord> peers = new LinkedHashMap<>();
        Iterator<Map.Entry<PeerId, Boolean>> keys = waiting.entrySet().iterator();
        while (keys.hasNext() && inquiries.size() < BATCH) {
            Map.Entry<PeerId, Boolean> entry = keys.next();
            PeerId key = entry.getKey();
            List<PeerRecord> nearest = dht.closest(key, WITNESSES);
            inquiries.put(key, new Inquiry(entry.getValue(), nearest));
            for (PeerRecord peer : nearest) {
                peers.put(peer.id(), peer);
                keysAskedOf.computeIfAbsent(peer.id(), id -> new ArrayList<>()).add(key);
            }
            keys.remove();
            taken++;
        }
        state = State.AWAITING_ANSWERS;
        outstanding = peers.size();
        if (outstanding == 0) conclude();
        for (PeerRecord peer : peers.values()) {
            List<PeerId> about = List.copyOf(keysAskedOf.getOrDefault(peer.id(), List.of()));
            VerifyRequest request = new VerifyRequest(messenger.nextRequestId(), about);
            messenger.request(peer, request, config.verifyTimeout().toNanos(), this);
        }
    }

    @Override
    public void requestEnded(RequestResult exchange) {
        if (stopped) return;
        List<PeerId> about = keysAskedOf.getOrDefault(exchange.peer().id(), List.of());
        if (exchange.reply() instanceof VerifyReply reply && reply.answers().length == about.size()) {
            for (int i = 0; i < about.size(); i++) heard(exchange.peer(), about.get(i), reply.answers()[i]);
        }
        if (--outstanding == 0) conclude();
    }

    private void heard(PeerRecord from, PeerId key, byte answer) {
        Inquiry inquiry = inquiries.get(key);
        if (inquiry == null) return;
        if ((answer & VerifyReply.PAID) != 0) inquiry.paid++;
        if ((answer & VerifyReply.HELD) != 0) {
            inquiry.holders.add(from);
            if (inquiry.asked.indexOf(from) < HOLDERS) inquiry.held++;
        }
    }

    private void conclude() {
        int confirmed = 0;
        for (Map.Entry<PeerId, Inquiry> entry : inquiries.entrySet()) {
            Inquiry inquiry = entry.getValue();
            if (!inquiry.confirmed()) continue;
            confirmed++;
            paid.add(entry.getKey());
            if (inquiry.missing && !store.holds(entry.getKey())) fetches.offer(entry.getKey(), inquiry.holders);
        }
        observer.add(Metric.KEYS_VERIFIED, UNCONFIRMED, inquiries.size() - confirmed);
        observer.add(Metric.KEYS_VERIFIED, CONFIRMED, confirmed);
        inquiries.clear();
        keysAskedOf.clear();
        state = State.RESTING;
        gather();
    }
}
