package dev.kilonode.node.replication;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.transport.MessageHandler;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.ReplicationMessage.AuditRequest;
import dev.kilonode.node.wire.ReplicationMessage.FetchReply;
import dev.kilonode.node.wire.ReplicationMessage.FetchRequest;
import dev.kilonode.node.wire.ReplicationMessage.FreshOffer;
import dev.kilonode.node.wire.ReplicationMessage.PaidNotify;
import dev.kilonode.node.wire.ReplicationMessage.SyncRequest;
import dev.kilonode.node.wire.ReplicationMessage.VerifyReply;
import dev.kilonode.node.wire.ReplicationMessage.VerifyRequest;
import dev.kilonode.node.wire.Topic;
import java.util.List;

/**
 * Replication of one node: fresh copies and, where enabled, neighbour sync and audits. One loop answers the messages of others, one at a
 * time, because the transport gives this topic a single permit. Whatever an answer waits for (a scan, a hash, the blockchain, a lock)
 * delays all messages behind it.
 */
public final class Replication implements MessageHandler {

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final ChunkStore store;
    private final NodeObserver observer;
    private final PaidChunks paid = new PaidChunks();
    private final FreshReplication fresh;
    private final Hints hints;
    private final NeighbourSync sync;
    private final Audits audits;

    public Replication(
            NodeRuntime runtime,
            Messenger messenger,
            Dht dht,
            ChunkStore store,
            ReplicationConfig config,
            NodeObserver observer) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.store = store;
        this.observer = observer;
        fresh = new FreshReplication(runtime, messenger, dht, store, paid, config);
        hints = new Hints(runtime, messenger, dht, store, paid, config, observer);
        sync = new NeighbourSync(runtime, messenger, dht, store, paid, hints, config.sync(), observer);
        audits = new Audits(runtime, messenger, dht, store, config.audit(), observer);
        messenger.subscribe(Topic.REPLICATION, this);
    }

    /** Starts the background activities; called once the node has joined. */
    public void start() {
        sync.start();
        audits.start();
    }

    public void stop() {
        sync.stop();
        audits.stop();
    }

    @Override
    public void handle(PeerId from, Message message, Runnable done) {
        long begunNanos = runtime.nowNanos();
        Runnable ended = () -> {
            observer.recordNanos(Metric.LOOP_OCCUPIED, runtime.nowNanos() - begunNanos);
            done.run();
        };
        if (message instanceof FreshOffer offer) {
            fresh.offered(from, offer, ended);
        } else if (message instanceof PaidNotify notice) {
            fresh.notified(notice, ended);
        } else if (message instanceof SyncRequest request) {
            sync.answer(from, request, ended);
        } else if (message instanceof AuditRequest request) {
            audits.answer(from, request, ended);
        } else {
            if (message instanceof VerifyRequest request) {
                messenger.send(from, new VerifyReply(request.requestId(), known(request.keys())), null);
            } else if (message instanceof FetchRequest request) {
                store.get(runtime, request.chunk(), chunk -> {
                    messenger.send(from, new FetchReply(request.requestId(), chunk), null);
                    ended.run();
                });
                return;
            }
            ended.run();
        }
    }

    private byte[] known(List<PeerId> keys) {
        byte[] answers = new byte[keys.size()];
        for (int i = 0; i < answers.length; i++) {
            if (store.holds(keys.get(i))) answers[i] |= VerifyReply.HELD;
            if (paid.knows(keys.get(i))) answers[i] |= VerifyReply.PAID;
        }
        return answers;
    }

    /** Replication of chunks that clients store. */
    public FreshReplication fresh() {
        return fresh;
    }

    /** Chunks recorded as paid for. */
    public int paidChunks() {
        return paid.size();
    }

    /** Keys that wait to be verified. */
    public int keysWaiting() {
        return sync.keysWaiting();
    }

    /** Whether every queue agrees with its counters. */
    public boolean invariantsHold() {
        return fresh.invariantsHold() && sync.invariantsHold();
    }
}
