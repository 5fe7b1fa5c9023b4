package dev.kilonode.node.link.memory;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.base.BaseConnection;
import dev.kilonode.node.link.base.CloseCode;
import dev.kilonode.node.link.base.FrameChannel;
import dev.kilonode.node.link.base.PendingDial;
import dev.kilonode.node.link.base.PendingWrite;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One end of an in-memory connection. A frame is put into the remote node's queue and acknowledged at once. While that queue is
 * full, frames wait at this end, in order. On its node's thread, except for the volatile fields.
 */
final class MemoryFrameChannel implements FrameChannel {

    private final MemoryEndpoint owner;
    private final @Nullable PendingDial dial;
    private final @Nullable PeerId remotePeer;
    private final ArrayDeque<PendingWrite> queue = new ArrayDeque<>();
    private final Runnable resume = this::resume;
    private volatile @Nullable MemoryFrameChannel remote;
    private volatile @Nullable BaseConnection connection;
    private volatile boolean abandoned;
    private boolean paused;
    private boolean closed;

    /** @param dial the dial that this channel answers, or null at the accepting end */
    MemoryFrameChannel(MemoryEndpoint owner, @Nullable PendingDial dial, @Nullable PeerId remotePeer) {
        this.owner = owner;
        this.dial = dial;
        this.remotePeer = remotePeer;
    }

    void join(MemoryFrameChannel end) {
        remote = end;
        end.remote = this;
    }

    void attach(BaseConnection accepted) {
        connection = accepted;
    }

    @Override
    public void send(PendingWrite write) {
        if (paused) queue.add(write);
        else pass(write);
    }

    @Override
    public void resumeReading() {
        MemoryFrameChannel sender = remote;
        if (sender != null) sender.owner.onNodeThread(sender.resume);
    }

    @Override
    public void confirm(long stamp) {
        MemoryFrameChannel dialler = remote;
        if (dialler == null || dialler.dial == null) return;
        dialler.connection = dialler.dial.up(dialler, stamp, dialler.remotePeer);
    }

    @Override
    public void ping() {
        MemoryFrameChannel end = remote;
        if (end == null || end.abandoned) return;
        BaseConnection open = end.connection;
        if (open != null) open.recordActivity();
    }

    @Override
    public void close(CloseCode code) {
        closed = true;
        queue.clear();
        MemoryFrameChannel end = remote;
        if (end != null) end.closedByRemote(code);
    }

    @Override
    public void abandon(long lingerNanos) {
        abandoned = true;
        closed = true;
        queue.clear();
    }

    private void closedByRemote(CloseCode code) {
        BaseConnection ended = connection;
        if (ended != null) {
            ended.ended(code == CloseCode.SUPERSEDED ? CloseReason.SUPERSEDED : CloseReason.REMOTE);
        } else if (dial != null) {
            dial.failed(DialFailure.REFUSED);
        }
    }

    private void resume() {
        paused = false;
        while (!paused && !closed) {
            PendingWrite next = queue.poll();
            if (next == null) return;
            if (!next.isOver()) pass(next);
        }
    }

    private void pass(PendingWrite write) {
        MemoryFrameChannel end = remote;
        BaseConnection to = end == null ? null : end.connection;
        if (end == null || to == null || end.abandoned) {
            write.left(); // nobody acknowledges it: the send times out
        } else if (write.frame().sizeBytes() > end.owner.maxFrameBytes()) {
            BaseConnection mine = connection;
            to.ended(CloseReason.PROTOCOL_ERROR);
            if (mine != null) mine.ended(CloseReason.REMOTE);
        } else {
            paused = !to.received(write.frame());
            write.acknowledged();
        }
    }
}
