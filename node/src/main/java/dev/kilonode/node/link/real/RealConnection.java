package dev.kilonode.node.link.real;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection in wall time. Its {@link Line} tells it what arrives, from any thread; everything else happens on
 * the node's thread.
 */
public final class RealConnection implements Connection {

    /** What a frame that waits costs beside its bytes. */
    private static final int FRAME_OVERHEAD_BYTES = 256;

    private final RealEndpoint endpoint;
    private final Line line;
    private final NodeAddress remote;
    private final boolean dialled;
    private final @Nullable PeerRecord handshakePeer;
    private final long receiveQueueBytes;
    private final AtomicLong waitingToLeaveBytes = new AtomicLong();
    private final AtomicLong waitingForNodeBytes = new AtomicLong();
    private volatile boolean open;
    private volatile long heardNanos;

    /** The other end's stamp when the connection came about; see {@link RealDial#stamp}. */
    final long remoteStamp;

    // On the node's thread.

    /** This end's stamp when the connection came about. */
    long localStamp;

    long spokenNanos;
    private @Nullable Object attachment;
    private @Nullable Outgoing first;
    private @Nullable Outgoing last;

    RealConnection(
            RealEndpoint endpoint,
            Line line,
            NodeAddress remote,
            boolean dialled,
            long remoteStamp,
            @Nullable PeerId peer) {
        this.endpoint = endpoint;
        this.line = line;
        this.remote = remote;
        this.dialled = dialled;
        this.remoteStamp = remoteStamp;
        handshakePeer = peer == null ? null : new PeerRecord(peer, remote);
        receiveQueueBytes = endpoint.config().receiveQueue().count();
        heardNanos = endpoint.nowNanos();
        spokenNanos = heardNanos;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object attachment) {
        this.attachment = attachment;
    }

    @Override
    public NodeAddress remote() {
        return remote;
    }

    @Override
    public boolean dialled() {
        return dialled;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public @Nullable PeerRecord handshakePeer() {
        return handshakePeer;
    }

    // What the line tells

    /**
     * A whole frame has been read.
     *
     * @return false: the node is behind; read nothing more until {@link Line#readOn}
     */
    public boolean received(Frame frame) {
        heard();
        endpoint.account().read.incrementAndGet();
        long waiting = waitingForNodeBytes.addAndGet(cost(frame));
        endpoint.execute(() -> deliver(frame));
        return waiting < receiveQueueBytes;
    }

    /** Whether the node has frames still to look at. Any thread. */
    public boolean hasUnread() {
        return waitingForNodeBytes.get() > 0;
    }

    /** Anything at all has been heard of the other end. */
    public void heard() {
        heardNanos = endpoint.nowNanos();
    }

    /**
     * The line has ended, other than by {@link Line#close}; only the first call counts.
     *
     * @param reason {@link CloseReason#REMOTE} if the other end said so or vanished, {@link CloseReason#SUPERSEDED}, or {@link
     *     CloseReason#PROTOCOL_ERROR}
     */
    public void ended(CloseReason reason) {
        if (reason == CloseReason.PROTOCOL_ERROR) account().protocolErrors.incrementAndGet();
        endpoint.execute(() -> endpoint.lineEnded(this, reason));
    }

    // On the node's thread

    private void deliver(Frame frame) {
        int cost = cost(frame);
        long before = waitingForNodeBytes.getAndAdd(-cost);
        boolean delivered = endpoint.deliver(this, frame);
        (delivered ? account().delivered : account().undelivered).incrementAndGet();
        long lowBytes = receiveQueueBytes / 2;
        if (before >= lowBytes && before - cost < lowBytes) line.readOn();
    }

    void open() {
        open = true;
    }

    void markClosed() {
        open = false;
    }

    /** Whether another frame of {@code sizeBytes} may wait; one always may. */
    boolean admits(int sizeBytes, long queueBytes) {
        long waiting = waitingToLeaveBytes.get();
        return waiting == 0 || waiting + sizeBytes <= queueBytes;
    }

    void send(Outgoing outgoing, long nowNanos) {
        waitingToLeaveBytes.addAndGet(outgoing.frame().sizeBytes());
        for (Outgoing oldest = first; oldest != null && oldest.isDone(); oldest = first) unlist(oldest);
        outgoing.listed = true;
        outgoing.previous = last;
        if (last == null) first = outgoing;
        else last.next = outgoing;
        last = outgoing;
        spokenNanos = nowNanos;
        line.send(outgoing);
    }

    void unlist(Outgoing outgoing) {
        Outgoing before = outgoing.previous;
        Outgoing after = outgoing.next;
        if (before == null) first = after;
        else before.next = after;
        if (after == null) last = before;
        else after.previous = before;
        outgoing.previous = null;
        outgoing.next = null;
        outgoing.listed = false;
    }

    /** Ends the wait for all frames not yet answered; returns the oldest, for {@link Outgoing#tell}, with the others linked to it. */
    @Nullable
    Outgoing abandonUnanswered() {
        Outgoing oldest = first;
        first = null;
        last = null;
        for (Outgoing each = oldest; each != null; each = each.next) {
            each.listed = false;
            each.fail();
        }
        return oldest;
    }

    /** The oldest frame not yet answered; the others follow as {@link Outgoing#next}. */
    @Nullable
    Outgoing firstUnanswered() {
        return first;
    }

    void noLongerWaits(int sizeBytes) {
        waitingToLeaveBytes.addAndGet(-sizeBytes);
    }

    /** Whether reading pauses because the node is behind: then silence is this end's own doing. */
    boolean isBehind() {
        return waitingForNodeBytes.get() >= receiveQueueBytes / 2;
    }

    long heardNanos() {
        return heardNanos;
    }

    Line line() {
        return line;
    }

    RealEndpoint endpoint() {
        return endpoint;
    }

    LinkAccount account() {
        return endpoint.account();
    }

    private static int cost(Frame frame) {
        return frame.sizeBytes() + FRAME_OVERHEAD_BYTES;
    }

    @Override
    public String toString() {
        return endpoint.localAddress() + (dialled ? " -> " : " <- ") + remote + (open ? "" : " (closed)");
    }
}
