package dev.kilonode.node.link.base;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection in wall time. Its {@link FrameChannel} reports from any thread what arrives; everything else happens on
 * the node's thread.
 */
public final class BaseConnection implements Connection {

    /** Memory of a waiting frame in addition to its bytes. */
    private static final int FRAME_OVERHEAD_BYTES = 256;

    private final AbstractEndpoint endpoint;
    private final FrameChannel frameChannel;
    private final NodeAddress remote;
    private final boolean dialled;
    private final @Nullable PeerRecord handshakePeer;
    private final long receiveQueueBytes;
    private final AtomicLong waitingToLeaveBytes = new AtomicLong();
    private final AtomicLong waitingForNodeBytes = new AtomicLong();
    private volatile boolean open;
    private volatile long lastReceivedNanos;

    /** The remote endpoint's stamp of the connection; see {@link PendingDial#stamp}. */
    final long remoteStamp;

    // On the node's thread.

    /** This endpoint's stamp of the connection. */
    long localStamp;

    long lastSentNanos;
    private @Nullable Object attachment;
    private @Nullable PendingWrite first;
    private @Nullable PendingWrite last;

    BaseConnection(
            AbstractEndpoint endpoint,
            FrameChannel frameChannel,
            NodeAddress remote,
            boolean dialled,
            long remoteStamp,
            @Nullable PeerId peer) {
        this.endpoint = endpoint;
        this.frameChannel = frameChannel;
        this.remote = remote;
        this.dialled = dialled;
        this.remoteStamp = remoteStamp;
        handshakePeer = peer == null ? null : new PeerRecord(peer, remote);
        receiveQueueBytes = endpoint.config().receiveQueue().count();
        lastReceivedNanos = endpoint.nowNanos();
        lastSentNanos = lastReceivedNanos;
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

    // Reported by the frame channel, on any thread

    /**
     * A complete frame has been read.
     *
     * @return false if the receive queue is full: read no more until {@link FrameChannel#resumeReading}
     */
    public boolean received(Frame frame) {
        recordActivity();
        endpoint.counters().read.incrementAndGet();
        long waiting = waitingForNodeBytes.addAndGet(cost(frame));
        endpoint.execute(() -> deliver(frame));
        return waiting < receiveQueueBytes;
    }

    /** Whether frames wait for the node. Any thread. */
    public boolean hasUnread() {
        return waitingForNodeBytes.get() > 0;
    }

    /** Something has arrived from the remote endpoint. */
    public void recordActivity() {
        lastReceivedNanos = endpoint.nowNanos();
    }

    /**
     * The frame channel has ended other than by {@link FrameChannel#close}; only the first call has an effect.
     *
     * @param reason {@link CloseReason#REMOTE} if the remote endpoint closed the connection or vanished, {@link
     *     CloseReason#SUPERSEDED}, or {@link CloseReason#PROTOCOL_ERROR}
     */
    public void ended(CloseReason reason) {
        if (reason == CloseReason.PROTOCOL_ERROR) counters().protocolErrors.incrementAndGet();
        endpoint.execute(() -> endpoint.channelEnded(this, reason));
    }

    // On the node's thread

    private void deliver(Frame frame) {
        int cost = cost(frame);
        long before = waitingForNodeBytes.getAndAdd(-cost);
        boolean delivered = endpoint.deliver(this, frame);
        (delivered ? counters().delivered : counters().undelivered).incrementAndGet();
        long lowBytes = receiveQueueBytes / 2;
        if (before >= lowBytes && before - cost < lowBytes) frameChannel.resumeReading();
    }

    void open() {
        open = true;
    }

    void markClosed() {
        open = false;
    }

    /** Whether the send queue has room for a frame of {@code sizeBytes}; an empty queue always has. */
    boolean admits(int sizeBytes, long queueBytes) {
        long waiting = waitingToLeaveBytes.get();
        return waiting == 0 || waiting + sizeBytes <= queueBytes;
    }

    void send(PendingWrite write, long nowNanos) {
        waitingToLeaveBytes.addAndGet(write.frame().sizeBytes());
        for (PendingWrite oldest = first; oldest != null && oldest.isDone(); oldest = first) unlist(oldest);
        write.listed = true;
        write.previous = last;
        if (last == null) first = write;
        else last.next = write;
        last = write;
        lastSentNanos = nowNanos;
        frameChannel.send(write);
    }

    void unlist(PendingWrite write) {
        PendingWrite before = write.previous;
        PendingWrite after = write.next;
        if (before == null) first = after;
        else before.next = after;
        if (after == null) last = before;
        else after.previous = before;
        write.previous = null;
        write.next = null;
        write.listed = false;
    }

    /**
     * Fails all unacknowledged frames. Returns the oldest, with the others linked to it; the caller notifies their listeners with {@link
     * PendingWrite#notifyListener}.
     */
    @Nullable
    PendingWrite failUnacknowledged() {
        PendingWrite oldest = first;
        first = null;
        last = null;
        for (PendingWrite each = oldest; each != null; each = each.next) {
            each.listed = false;
            each.fail(false);
        }
        return oldest;
    }

    /** The oldest unacknowledged frame; the others follow as {@link PendingWrite#next}. */
    @Nullable
    PendingWrite firstUnacknowledged() {
        return first;
    }

    void stopsWaiting(int sizeBytes) {
        waitingToLeaveBytes.addAndGet(-sizeBytes);
    }

    /** Whether reading may be paused because the receive queue is full: then silence is not the remote endpoint's fault. */
    boolean isBehind() {
        return waitingForNodeBytes.get() >= receiveQueueBytes / 2;
    }

    long lastReceivedNanos() {
        return lastReceivedNanos;
    }

    FrameChannel frameChannel() {
        return frameChannel;
    }

    AbstractEndpoint endpoint() {
        return endpoint;
    }

    FrameCounters counters() {
        return endpoint.counters();
    }

    private static int cost(Frame frame) {
        return frame.sizeBytes() + FRAME_OVERHEAD_BYTES;
    }

    @Override
    public String toString() {
        return endpoint.localAddress() + (dialled ? " -> " : " <- ") + remote + (open ? "" : " (closed)");
    }
}
