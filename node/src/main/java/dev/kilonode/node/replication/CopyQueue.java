package dev.kilonode.node.replication;

import dev.kilonode.node.transport.Messenger;
import dev.kilonode.node.transport.RequestListener;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.ReplicationMessage.FreshOffer;
import dev.kilonode.node.wire.ReplicationMessage.FreshOfferReply;
import java.util.ArrayDeque;

/**
 * Sends full copies of chunks to other nodes, a few at a time; the others wait in a bounded FIFO queue. Closed loop: the next copy is
 * sent when one has been answered or has failed.
 *
 * <p>Invariant: offered = accepted + declined + failed + refused + waiting + under way.
 */
final class CopyQueue implements RequestListener {

    private record Copy(Chunk chunk, PeerRecord to) {}

    private final Messenger messenger;
    private final int atOnce;
    private final int slots;
    private final long timeoutNanos;
    private final ArrayDeque<Copy> waiting = new ArrayDeque<>();

    private int underWay;
    private long offered;
    private long refused;
    private long accepted;
    private long declined;
    private long failed;

    CopyQueue(Messenger messenger, ReplicationConfig config) {
        this.messenger = messenger;
        this.atOnce = config.concurrentCopies();
        this.slots = config.copyQueue();
        this.timeoutNanos = config.offerTimeout().toNanos();
    }

    void offer(Chunk chunk, PeerRecord to) {
        offered++;
        if (underWay < atOnce) {
            send(new Copy(chunk, to));
        } else if (waiting.size() < slots) {
            waiting.add(new Copy(chunk, to));
        } else {
            refused++;
        }
    }

    @Override
    public void requestEnded(RequestResult exchange) {
        underWay--;
        if (!(exchange.reply() instanceof FreshOfferReply reply)) failed++;
        else if (reply.accepted()) accepted++;
        else declined++;
        Copy next = underWay < atOnce ? waiting.poll() : null;
        if (next != null) send(next);
    }

    private void send(Copy copy) {
        underWay++;
        messenger.request(copy.to(), new FreshOffer(messenger.nextRequestId(), copy.chunk()), timeoutNanos, this);
    }

    int underWay() {
        return underWay;
    }

    int waiting() {
        return waiting.size();
    }

    long offered() {
        return offered;
    }

    long refused() {
        return refused;
    }

    long accepted() {
        return accepted;
    }

    long declined() {
        return declined;
    }

    long failed() {
        return failed;
    }

    boolean invariantsHold() {
        return offered == accepted + declined + failed + refused + waiting.size() + underWay
                && underWay <= atOnce
                && waiting.size() <= slots;
    }
}
