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
 * Replication of chunks that a client has just stored: offers the whole chunk, unsolicited, to the closest peers in the routing table,
 * and notifies more of them of the payment. Also handles the offers and notices of other nodes. Chunks received by replication are not
 * offered again.
 *
 * <p>Offers are closed loop, see {@link CopyQueue}. Notices are open loop, a fixed number per stored chunk; peers that are not connected
 * are dialled first.
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
        for (int i = 0; i < Math.min(config.paidNotifies(), closest.size()); i++) sendNotice(closest.get(i), notice);
    }

    /**
     * Handles an offer.
     *
     * @param done called when the replication loop may continue
     */
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

    /**
     * Handles a notice of payment.
     *
     * @param done called when the replication loop may continue
     */
    void notified(PaidNotify notice, Runnable done) {
        afterPaymentLookup(notice.chunk(), () -> {
            paid.add(notice.chunk());
            done.run();
        });
    }

    /** Looks up the payment on the blockchain, once per chunk; the replication loop waits meanwhile. */
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

    private void sendNotice(PeerRecord peer, PaidNotify notice) {
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

    /** Copies offered to the queue; = accepted + declined + failed + refused + waiting + under way. */
    public long copiesOffered() {
        return copies.offered();
    }

    /** Copies discarded because the queue was full. */
    public long copiesRefused() {
        return copies.refused();
    }

    public long copiesAccepted() {
        return copies.accepted();
    }

    /** Copies that the receiver declined: held already, or no room. */
    public long copiesDeclined() {
        return copies.declined();
    }

    /** Copies without a reply. */
    public long copiesFailed() {
        return copies.failed();
    }

    public long offersReceived() {
        return offersReceived;
    }

    /** Payment lookups that the loop waited for. */
    public long paymentLookups() {
        return paymentLookups;
    }

    /** Notices of payment passed to the transport. */
    public long noticesSent() {
        return noticesSent;
    }

    /** Notices not sent because their peer could not be connected. */
    public long noticesFailed() {
        return noticesFailed;
    }

    /** Chunks recorded as paid for. */
    public int paidChunks() {
        return paid.size();
    }

    /** Records of payments, repeated ones included. */
    public long paymentsHeardOf() {
        return paid.heard();
    }

    /** Paid chunks forgotten because the record was full. */
    public long paidChunksForgotten() {
        return paid.forgotten();
    }

    public boolean invariantsHold() {
        return copies.invariantsHold() && noticesSent + noticesFailed <= noticesOffered;
    }
}
