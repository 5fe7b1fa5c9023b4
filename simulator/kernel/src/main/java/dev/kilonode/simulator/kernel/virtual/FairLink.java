package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.engine.EventSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a host's link for bulk transfers: each of n transfers gets 1/n of the bandwidth (fair queuing in virtual time). The link
 * counts the bytes that every current transfer has been served since the link was last idle. A transfer ends when this count has grown by
 * its size, so the next one to end has the least tag in a heap. Adding, removing and ending a transfer cost O(log n).
 *
 * <p>Small frames and bulk transfers do not slow each other down; small frames are some per cent of the bytes. On a link with less than
 * its bandwidth that would be too much: bulk transfers get what the small frames leave, until those that waited then have passed.
 */
final class FairLink {

    private final EventSource clock;
    private final double bytesPerNano;
    private final FifoLink small;
    private double factor = 1;
    /** The bytes that every current transfer has been served since the link was last idle. */
    private double servedBytes;

    private double passedBytes;
    private long updatedNanos;

    /** Until when small frames go first; 0 until the link gets less than its bandwidth. */
    private long smallFirstUntilNanos;

    private long smallBusyNanos;
    private @Nullable BulkTransfer[] heap = new BulkTransfer[8];
    private int size;
    private long inboundConnections;
    private @Nullable End end;

    /** @param small the same direction for small frames */
    FairLink(EventSource clock, double bytesPerSecond, FifoLink small) {
        this.clock = clock;
        this.small = small;
        this.bytesPerNano = bytesPerSecond / 1e9;
    }

    /** Transfers that currently share the link. */
    int transfers() {
        return size;
    }

    void add(BulkTransfer transfer) {
        update();
        if (size == 0) servedBytes = 0;
        transfer.finishTag = servedBytes + transfer.sizeBytes();
        transfer.arrival = inboundConnections++;
        transfer.link = this;
        if (size == heap.length) heap = Arrays.copyOf(heap, 2 * size);
        up(size++, transfer);
        reschedule();
    }

    void remove(BulkTransfer transfer) {
        update();
        take(transfer);
        reschedule();
    }

    /** Changes the bandwidth. The bandwidth of small frames changes at the same time, before. */
    void setFactor(double factor) {
        update();
        this.factor = factor;
        smallFirstUntilNanos = factor < 1 ? Engine.END_NANOS : small.freeAtNanos();
        smallBusyNanos = small.busyNanos(clock.nowNanos());
        reschedule();
    }

    /** Completes the first transfer. It is rescheduled when the set of transfers or the bandwidth changes. */
    private final class End extends Event {

        @Override
        protected void fire() {
            endFirst();
        }
    }

    private void endFirst() {
        update();
        BulkTransfer first = first();
        if (smallFirst() && restNanos() > 1) {
            reschedule(); // small frames have passed in between
            return;
        }
        servedBytes = Math.max(servedBytes, first.finishTag); // a rounding error must not cost another event
        while (true) {
            take(first);
            first.passed();
            if (size == 0 || first().finishTag > servedBytes) break;
            first = first();
        }
        reschedule();
    }

    private void update() {
        passedBytes = passedBytes();
        if (size > 0) servedBytes += availableNanos() * bytesPerNano * factor / size;
        updatedNanos = clock.nowNanos();
        if (smallFirstUntilNanos == 0) return;
        smallBusyNanos = small.busyNanos(updatedNanos);
        if (updatedNanos > smallFirstUntilNanos) smallFirstUntilNanos = 0;
    }

    /** Bytes that have passed up to now, of ended, current and aborted transfers. */
    double passedBytes() {
        return size == 0 ? passedBytes : passedBytes + availableNanos() * bytesPerNano * factor;
    }

    /** Time since the last update in which the link was free for bulk transfers. */
    private long availableNanos() {
        long passed = clock.nowNanos() - updatedNanos;
        return smallFirst() ? passed - (small.busyNanos(clock.nowNanos()) - smallBusyNanos) : passed;
    }

    private boolean smallFirst() {
        return smallFirstUntilNanos > 0;
    }

    private void reschedule() {
        if (end != null) end.callOff();
        end = null;
        if (size == 0) return;
        end = new End();
        long fromNanos = smallFirst() ? Math.max(clock.nowNanos(), small.freeAtNanos()) : clock.nowNanos();
        clock.schedule(end, Engine.after(fromNanos, (long) Math.ceil(Math.max(0, restNanos()))));
    }

    private double restNanos() {
        return (first().finishTag - servedBytes) * size / (bytesPerNano * factor);
    }

    private void take(BulkTransfer transfer) {
        int hole = transfer.heapIndex;
        transfer.link = null;
        BulkTransfer last = at(--size);
        heap[size] = null;
        if (hole == size) return;
        if (hole > 0 && last.endsBefore(at((hole - 1) / 2))) up(hole, last);
        else down(hole, last);
    }

    private void up(int hole, BulkTransfer transfer) {
        while (hole > 0 && transfer.endsBefore(at((hole - 1) / 2))) {
            put(hole, at((hole - 1) / 2));
            hole = (hole - 1) / 2;
        }
        put(hole, transfer);
    }

    private void down(int hole, BulkTransfer transfer) {
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && at(child + 1).endsBefore(at(child))) child++;
            if (!at(child).endsBefore(transfer)) break;
            put(hole, at(child));
            hole = child;
        }
        put(hole, transfer);
    }

    private void put(int position, BulkTransfer transfer) {
        heap[position] = transfer;
        transfer.heapIndex = position;
    }

    private BulkTransfer first() {
        return at(0);
    }

    @SuppressWarnings("NullAway") // every position below size holds a transfer
    private BulkTransfer at(int position) {
        return heap[position];
    }
}
