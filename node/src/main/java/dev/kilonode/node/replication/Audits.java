package dev.kilonode.node.replication;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.AuditOutcome;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.RequestListener;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.ReplicationMessage.AuditReply;
import dev.kilonode.node.wire.ReplicationMessage.AuditRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Periodically asks one neighbour to prove that it holds some of the chunks stored here: the square root of their number. The audited
 * node hashes the chunks while its replication loop waits. Closed loop: one audit at a time.
 */
final class Audits implements RequestListener {

    private enum State {
        RESTING,
        AWAITING_PROOF,
        CHECKING
    }

    /** Number of closest neighbours of which one is chosen. */
    private static final int AMONG = Verification.WITNESSES;

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final Dht dht;
    private final ChunkStore store;
    private final ReplicationConfig.Audit config;
    private final NodeObserver observer;
    private final Runnable begin = this::begin;

    private State state = State.RESTING;
    private boolean stopped;
    private long nonce;
    private List<PeerId> keys = List.of();

    Audits(
            NodeRuntime runtime,
            Messenger messenger,
            Dht dht,
            ChunkStore store,
            ReplicationConfig.Audit config,
            NodeObserver observer) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.dht = dht;
        this.store = store;
        this.config = config;
        this.observer = observer;
    }

    void start() {
        if (config.enabled()) rest();
    }

    void stop() {
        stopped = true;
    }

    /** Answers an audit; the replication loop waits meanwhile. */
    void answer(PeerId from, AuditRequest request, Runnable done) {
        StorageProof proof = new StorageProof(request.nonce(), request.keys(), store);
        runtime.run(proof, () -> {
            messenger.send(from, new AuditReply(request.requestId(), proof.hashes()), null);
            done.run();
        });
    }

    @Override
    public void requestEnded(RequestResult exchange) {
        if (stopped || state != State.AWAITING_PROOF) return;
        if (!(exchange.reply() instanceof AuditReply reply)) {
            end(AuditOutcome.UNANSWERED);
            return;
        }
        state = State.CHECKING;
        StorageProof own = new StorageProof(nonce, keys, store);
        runtime.run(own, () -> end(own.hashes().equals(reply.proofs()) ? AuditOutcome.PASSED : AuditOutcome.FAILED));
    }

    private void begin() {
        if (stopped) return;
        List<PeerRecord> neighbours = dht.closest(messenger.self().id(), AMONG);
        if (neighbours.isEmpty()) {
            rest();
            return;
        }
        PeerRecord neighbour = neighbours.get(runtime.random().nextInt(neighbours.size()));
        keys = sample(neighbour.id());
        if (keys.isEmpty()) {
            rest();
            return;
        }
        nonce = runtime.random().nextLong();
        state = State.AWAITING_PROOF;
        long timeoutNanos = config.timeout().toNanos()
                + keys.size() * config.timeoutPerKey().toNanos();
        messenger.request(neighbour, new AuditRequest(messenger.nextRequestId(), nonce, keys), timeoutNanos, this);
    }

    private void end(AuditOutcome outcome) {
        observer.count(Metric.AUDITS, outcome);
        keys = List.of();
        rest();
    }

    private void rest() {
        state = State.RESTING;
        runtime.schedule(config.every().drawNanos(runtime.random()), begin);
    }

    /** Some of the chunks that the neighbour should hold, starting at a random one. */
    private List<PeerId> sample(PeerId neighbour) {
        List<PeerId> stored = new ArrayList<>(store.addresses());
        int wanted = (int) Math.ceil(Math.sqrt(stored.size()));
        List<PeerId> sample = new ArrayList<>();
        int from = stored.isEmpty() ? 0 : runtime.random().nextInt(stored.size());
        for (int i = 0; i < stored.size() && sample.size() < wanted; i++) {
            PeerId key = stored.get((from + i) % stored.size());
            if (Hints.names(dht.closest(key, Verification.HOLDERS), neighbour)) sample.add(key);
        }
        return sample;
    }
}
