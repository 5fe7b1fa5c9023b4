package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.NodeObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Connections without a reader, for now or for good. Their frames arrive, are acknowledged and wait to be read, up to the connection's
 * number of streams. Invariant: {@code offered = taken + dropped + waiting}, per message kind.
 */
final class UnreadConnections {

    /** Streams that one connection may have open, each with one frame; beyond that the sender would have to wait, which is not modelled. */
    static final int FRAMES = 100;

    private final NodeObserver observer;
    private final Sharding sharding;
    private final QueueCounterTable accounts = new QueueCounterTable(1);
    private final Map<Connection, ArrayDeque<Frame>> connections = new LinkedHashMap<>();

    UnreadConnections(NodeObserver observer, Sharding sharding) {
        this.observer = observer;
        this.sharding = sharding;
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    int size() {
        return connections.size();
    }

    void add(Connection connection) {
        forgetSuperseded();
        connections.put(connection, new ArrayDeque<>(1));
    }

    /**
     * Keeps {@code frame} if its connection has no reader; drops it if there are too many.
     *
     * @return false if the connection has a reader
     */
    boolean keep(Connection connection, Frame frame) {
        ArrayDeque<Frame> frames = connections.get(connection);
        if (frames == null) return false;
        accounts.offer(0, frame.kind());
        if (frames.size() < FRAMES) frames.add(frame);
        else drop(connection, frame);
        return true;
    }

    /**
     * Starts reading a connection.
     *
     * @return the frames that have waited, oldest first
     */
    List<Frame> read(Connection connection) {
        ArrayDeque<Frame> frames = connections.remove(connection);
        if (frames == null) return List.of();
        for (Frame frame : frames) accounts.take(0, frame.kind());
        return new ArrayList<>(frames);
    }

    /**
     * Removes an ended connection and drops its frames.
     *
     * @return false if it had a reader
     */
    boolean ended(Connection connection) {
        ArrayDeque<Frame> frames = connections.remove(connection);
        if (frames == null) return false;
        for (Frame frame : frames) drop(connection, frame);
        return true;
    }

    /** Removes connections that a newer one has replaced, since their end is not reported. */
    private void forgetSuperseded() {
        for (Connection connection : new ArrayList<>(connections.keySet())) {
            if (!connection.isOpen()) ended(connection);
        }
    }

    void shutdown() {
        for (Connection connection : new ArrayList<>(connections.keySet())) ended(connection);
    }

    boolean invariantsHold() {
        int[] counted = QueueCounters.emptyCount();
        for (ArrayDeque<Frame> frames : connections.values()) {
            if (frames.size() > FRAMES) return false;
            for (Frame frame : frames) counted[QueueCounters.row(frame.kind())]++;
        }
        return accounts.of(0).balances(counted);
    }

    /** Counts the frame as offered too, since the dispatcher never got it; otherwise more would be lost than was offered. */
    private void drop(Connection from, Frame lost) {
        accounts.drop(0, lost.kind());
        observer.countMessage(Metric.OFFERED, lost.kind());
        observer.dropped(sharding.shardOf(from.remote()), DropCause.UNREAD, lost.kind(), from.remote());
    }
}
