package dev.kilonode.node.replication;

import dev.kilonode.node.dht.Dht;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.store.StoredListener;
import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.ReplicationMessage.FreshOffer;
import dev.kilonode.node.wire.ReplicationMessage.FreshOfferReply;
import dev.kilonode.node.wire.ReplicationMessage.PaidNotify;
import java.util.List;

/**
 * What follows a client's store: the whole chunk is offered, unasked, to the closest peers that the routing table knows,
 * and more of them are told that it has been paid for. And the receiving side of both. Chunks that came by replication are
 * not passed on.
 *
 * <p>Offers are closed loop, see {@link CopyQueue}. Notices are open loop, a fixed number for each chunk stored; peers that
 * are not connected are dialled first.
 */
public final class FreshReplication implements StoredListener {

    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final Dht dht;
    private final ChunkStore store;
    private final ReplicationConfig config;
    private final CopyQueue copies;
    private final PaidChunks paid;
    private final long paymentLookupNanos;

    private long noticesOffered;
    private long noticesSent;
    private long noticesFailed;
    private long offersReceived;
    private long paymentLookups;

    FreshReplication(
            NodeRuntime runtime,
            Messenger messenger,
            Dht dht,
            ChunkStore store,
            PaidChunks paid,
            ReplicationConfig config) {
        this.runtime = runtime;
        this.messenger = messenger;
        this.dht = dht;
        this.store = store;
        this.config = config;
        this.paid = paid;
        this.paymentLookupNanos = config.paymentLookup().toNanos();
        this.copies = new CopyQueue(messenger, config);
    }

    @Override
    public void chunkStored(Chunk chunk) {
        paid.add(chunk.address());
        List<PeerRecord> closest = dht.closest(chunk.address(), Math.max(config.copies(), config.paidNotifies()));
        for (int i = 0; i < Math.min(config.copies(), closest.size()); i++) copies.offer(chunk, closest.get(i));
        PaidNotify notice = new PaidNotify(chunk.address());
        for (int i = 0; i < Math.min(config.paidNotifies(), closest.size()); i++) tell(closest.get(i), notice);
    }

    /** A copy is offered. @param done called when the loop may go on */
    void offered(PeerId from, FreshOffer offer, Runnable done) {
        offersReceived++;
        afterPaymentLookup(offer.chunk().address(), () -> {
            store.offer(runtime, offer.chunk(), admission -> {
                boolean accepted = admission == ChunkStore.Admission.STORED;
                messenger.send(from, new FreshOfferReply(offer.requestId(), accepted), null);
                done.run();
            });
        });
    }

    /** A payment is told of. @param done called when the loop may go on */
    void notified(PaidNotify notice, Runnable done) {
        afterPaymentLookup(notice.chunk(), () -> {
            paid.add(notice.chunk());
            done.run();
        });
    }

    /** The chain is asked once for each chunk, and the loop waits for its word. */
    private void afterPaymentLookup(PeerId chunk, Runnable then) {
        if (paymentLookupNanos == 0 || paid.knows(chunk)) {
            then.run();
            return;
        }
        paymentLookups++;
        runtime.schedule(paymentLookupNanos, () -> {
            paid.add(chunk);
            then.run();
        });
    }

    private void tell(PeerRecord peer, PaidNotify notice) {
        noticesOffered++;
        messenger.connect(peer, (failure, dialNanos, identityNanos) -> {
            if (failure == null) {
                noticesSent++;
                messenger.send(peer.id(), notice, null);
            } else {
                noticesFailed++;
            }
        });
    }

    /** Full copies being sent, at most {@link ReplicationConfig#concurrentCopies}. */
    public int copiesUnderWay() {
        return copies.underWay();
    }

    public int copiesWaiting() {
        return copies.waiting();
    }

    /** Copies that were to be sent; = accepted + declined + failed + refused + waiting + under way. */
    public long copiesOffered() {
        return copies.offered();
    }

    /** Copies given up because the queue was full. */
    public long copiesRefused() {
        return copies.refused();
    }

    public long copiesAccepted() {
        return copies.accepted();
    }

    /** Copies the other node did not want: held already, or no room. */
    public long copiesDeclined() {
        return copies.declined();
    }

    /** Copies that got no answer. */
    public long copiesFailed() {
        return copies.failed();
    }

    public long offersReceived() {
        return offersReceived;
    }

    /** Times the loop waited for the chain. */
    public long paymentLookups() {
        return paymentLookups;
    }

    /** Notices of payment handed to the transport. */
    public long noticesSent() {
        return noticesSent;
    }

    /** Notices given up because their peer could not be connected. */
    public long noticesFailed() {
        return noticesFailed;
    }

    /** Chunks remembered as paid for. */
    public int paidChunks() {
        return paid.size();
    }

    /** Times this node learned of a payment. */
    public long paymentsHeardOf() {
        return paid.told();
    }

    /** Paid chunks that had to be forgotten for want of room. */
    public long paidChunksForgotten() {
        return paid.forgotten();
    }

    public boolean invariantsHold() {
        return copies.invariantsHold() && noticesSent + noticesFailed <= noticesOffered;
    }
}
