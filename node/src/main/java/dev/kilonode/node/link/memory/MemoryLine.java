package dev.kilonode.node.link.memory;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.real.Farewell;
import dev.kilonode.node.link.real.Line;
import dev.kilonode.node.link.real.Outgoing;
import dev.kilonode.node.link.real.RealConnection;
import dev.kilonode.node.link.real.RealDial;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One end of an in-memory connection. A frame passes into the other node's queue at once, and is acknowledged at once; while
 * that queue is full, frames wait at this end, in order. On its node's thread, but for what is volatile.
 */
final class MemoryLine implements Line {

    private final MemoryEndpoint owner;
    private final @Nullable RealDial dial;
    private final @Nullable PeerId otherPeer;
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private final Runnable resume = this::resume;
    private volatile @Nullable MemoryLine other;
    private volatile @Nullable RealConnection connection;
    private volatile boolean silent;
    private boolean paused;
    private boolean closed;

    /** @param dial the dial that this line is to answer, or null at the accepting end */
    MemoryLine(MemoryEndpoint owner, @Nullable RealDial dial, @Nullable PeerId otherPeer) {
        this.owner = owner;
        this.dial = dial;
        this.otherPeer = otherPeer;
    }

    void join(MemoryLine end) {
        other = end;
        end.other = this;
    }

    void attach(RealConnection accepted) {
        connection = accepted;
    }

    @Override
    public void send(Outgoing frame) {
        if (paused) waiting.add(frame);
        else pass(frame);
    }

    @Override
    public void readOn() {
        MemoryLine sender = other;
        if (sender != null) sender.owner.onNodeThread(sender.resume);
    }

    @Override
    public void welcome(long stamp) {
        MemoryLine dialler = other;
        if (dialler == null || dialler.dial == null) return;
        dialler.connection = dialler.dial.up(dialler, stamp, dialler.otherPeer);
    }

    @Override
    public void ping() {
        MemoryLine end = other;
        if (end == null || end.silent) return;
        RealConnection heard = end.connection;
        if (heard != null) heard.heard();
    }

    @Override
    public void close(Farewell farewell) {
        closed = true;
        waiting.clear();
        MemoryLine end = other;
        if (end != null) end.hear(farewell);
    }

    @Override
    public void fallSilent(long lingerNanos) {
        silent = true;
        closed = true;
        waiting.clear();
    }

    private void hear(Farewell farewell) {
        RealConnection ended = connection;
        if (ended != null) {
            ended.ended(farewell == Farewell.SUPERSEDED ? CloseReason.SUPERSEDED : CloseReason.REMOTE);
        } else if (dial != null) {
            dial.failed(DialFailure.REFUSED);
        }
    }

    private void resume() {
        paused = false;
        while (!paused && !closed) {
            Outgoing next = waiting.poll();
            if (next == null) return;
            if (!next.isOver()) pass(next);
        }
    }

    private void pass(Outgoing frame) {
        MemoryLine end = other;
        RealConnection to = end == null ? null : end.connection;
        if (end == null || to == null || end.silent) {
            frame.left(); // into the void; its time-out tells
        } else if (frame.frame().sizeBytes() > end.owner.maxFrameBytes()) {
            RealConnection mine = connection;
            to.ended(CloseReason.PROTOCOL_ERROR);
            if (mine != null) mine.ended(CloseReason.REMOTE);
        } else {
            paused = !to.received(frame.frame());
            frame.acknowledged();
        }
    }
}
