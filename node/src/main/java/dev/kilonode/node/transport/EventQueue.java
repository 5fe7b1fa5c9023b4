package dev.kilonode.node.transport;

import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Bounded FIFO of messages for a handler. When full it drops its oldest message, as a broadcast channel does for a receiver that lags.
 * Invariant: {@code offered = taken + dropped + size}, per message kind. One thread.
 */
final class EventQueue {

    private final int capacity;
    private final QueueCounterTable accounts;
    private final int number;
    private final ArrayDeque<Envelope> envelopes = new ArrayDeque<>();
    private final ArrayDeque<NodeAddress> sources = new ArrayDeque<>();
    private @Nullable NodeAddress removedSource;

    /**
     * @param capacity 1 or more messages
     * @param number index of the queue in {@code accounts}
     */
    EventQueue(int capacity, QueueCounterTable accounts, int number) {
        if (capacity < 1) throw new IllegalArgumentException("events: got " + capacity + " slots, expected 1 or more");
        this.capacity = capacity;
        this.accounts = accounts;
        this.number = number;
    }

    boolean isFull() {
        return envelopes.size() == capacity;
    }

    /** Adds a message; the queue must not be full, so the caller makes room first. */
    void offer(NodeAddress source, Envelope envelope) {
        if (isFull()) throw new IllegalStateException("events: no room");
        accounts.offer(number, envelope.message().kind());
        envelopes.add(envelope);
        sources.add(source);
    }

    @Nullable
    Envelope take() {
        Envelope taken = remove();
        if (taken != null) accounts.take(number, taken.message().kind());
        return taken;
    }

    @Nullable
    Envelope drop() {
        Envelope lost = remove();
        if (lost != null) accounts.drop(number, lost.message().kind());
        return lost;
    }

    /** Source of the message removed last. */
    NodeAddress removedSource() {
        if (removedSource == null) throw new IllegalStateException("nothing removed");
        return removedSource;
    }

    int size() {
        return envelopes.size();
    }

    QueueCounters account() {
        return accounts.of(number);
    }

    boolean invariantsHold() {
        int[] counted = QueueCounters.emptyCount();
        for (Envelope envelope : envelopes)
            counted[QueueCounters.row(envelope.message().kind())]++;
        return envelopes.size() <= capacity
                && envelopes.size() == sources.size()
                && account().balances(counted);
    }

    private @Nullable Envelope remove() {
        removedSource = sources.poll();
        return envelopes.poll();
    }
}
