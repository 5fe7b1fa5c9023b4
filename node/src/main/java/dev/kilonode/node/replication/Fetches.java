package dev.kilonode.node.replication;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.RequestListener;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.ReplicationMessage.FetchReply;
import dev.kilonode.node.wire.ReplicationMessage.FetchRequest;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Fetches missing chunks, a few at a time; the others wait in a bounded queue. A chunk is requested from one holder after another until
 * one returns it. Closed loop.
 *
 * <p>Invariant: offered = stored + failed + dropped + waiting + under way.
 */
final class Fetches {

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final ChunkStore store;
    private final ReplicationConfig.Sync config;
    private final NodeObserver observer;
    private final ArrayDeque<Fetch> waiting = new ArrayDeque<>();

    /** Chunks that wait or are under way. */
    private final Set<PeerId> wanted = new LinkedHashSet<>();

    private int underWay;
    private boolean stopped;
    private long offered;
    private long stored;
    private long failed;
    private long dropped;

    Fetches(
            NodeRuntime runtime,
            Messenger messenger,
            ChunkStore store,
            ReplicationConfig.Sync config,
            NodeObserver observer) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.store = store;
        this.config = config;
        this.observer = observer;
    }

    boolean isFetching(PeerId key) {
        return wanted.contains(key);
    }

    void offer(PeerId key, List<PeerRecord> holders) {
        offered++;
        if (wanted.contains(key) || (underWay >= config.concurrentFetches() && waiting.size() >= config.fetchQueue())) {
            dropped++;
            return;
        }
        wanted.add(key);
        waiting.add(new Fetch(key, holders));
        startNext();
    }

    void stop() {
        stopped = true;
    }

    boolean invariantsHold() {
        return offered == stored + failed + dropped + waiting.size() + underWay
                && wanted.size() == waiting.size() + underWay
                && underWay <= config.concurrentFetches();
    }

    private void startNext() {
        while (!stopped && underWay < config.concurrentFetches() && !waiting.isEmpty()) {
            underWay++;
            waiting.remove().ask();
        }
    }

    private void ended(PeerId key, boolean success) {
        underWay--;
        wanted.remove(key);
        if (success) stored++;
        else failed++;
        observer.count(Metric.FETCHES, success);
        startNext();
    }

    /** One chunk and its possible holders. */
    private final class Fetch implements RequestListener {

        private final PeerId key;
        private final List<PeerRecord> holders;
        private int asked;

        Fetch(PeerId key, List<PeerRecord> holders) {
            this.key = key;
            this.holders = holders;
        }

        void ask() {
            if (asked == holders.size()) {
                ended(key, false);
                return;
            }
            FetchRequest request = new FetchRequest(messenger.nextRequestId(), key);
            messenger.request(
                    holders.get(asked++), request, config.fetchTimeout().toNanos(), this);
        }

        @Override
        public void requestEnded(RequestResult exchange) {
            if (stopped) return;
            Chunk chunk = exchange.reply() instanceof FetchReply reply ? reply.chunk() : null;
            if (chunk == null || !chunk.address().equals(key)) {
                ask();
                return;
            }
            store.offer(runtime, chunk, admission -> {
                if (admission == ChunkStore.Admission.CORRUPT) ask();
                else ended(key, admission.holds());
            });
        }
    }
}
