package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests under way, by request id. A reply counts only if it comes from the peer that was asked. Bounded. Invariant: {@code begun =
 * ended + size}. Ids start at a random value, so that a restarted node does not take replies to its earlier requests, and are never
 * reused.
 */
final class RequestTable {

    private final NodeRuntime runtime;
    private final NodeObserver observer;
    private final int capacity;
    private final List<DeadlineRing> rings = new ArrayList<>();
    private final long firstId;
    private long lastId;

    /** Open addressing, linear probing; the length is a power of two and at least twice the number of entries. */
    private @Nullable PendingRequest[] slots = new @Nullable PendingRequest[16];

    private int size;
    private long begun;
    private long ended;
    private long late;
    private long misplaced;

    RequestTable(NodeRuntime runtime, NodeObserver observer, int capacity) {
        this.runtime = runtime;
        this.observer = observer;
        this.capacity = capacity;
        firstId = (runtime.random().nextLong() >>> 2) + 1;
        lastId = firstId - 1;
    }

    long nextId() {
        return ++lastId;
    }

    /** @return false if the table is full */
    boolean begin(PendingRequest request) {
        long id = request.request.requestId();
        if (id == 0) throw new IllegalArgumentException("request id: got 0, expected one from nextRequestId");
        if (size == capacity) return false;
        if (slots[slotOf(id)] != null) throw new IllegalArgumentException("request id " + id + " is in use");
        if (2 * (size + 1) > slots.length) grow();
        slots[slotOf(id)] = request;
        size++;
        begun++;
        return true;
    }

    /** Starts the timeout of {@code request}, which expires {@code timeoutNanos} from now unless it ends before. */
    void arm(PendingRequest request, long timeoutNanos) {
        ringFor(timeoutNanos).arm(request);
    }

    /** Removes a request; does nothing if it has ended. */
    void end(PendingRequest request) {
        if (request.ring != null) request.ring.remove(request);
        int slot = slotOf(request.request.requestId());
        if (slots[slot] != request) return;
        close(slot);
        size--;
        ended++;
    }

    /** Handles a reply: ends its request, or counts the reply as late or misplaced. */
    void replied(PeerId from, Message reply) {
        long id = reply.requestId();
        PendingRequest request = slots[slotOf(id)];
        if (request == null) {
            if (id >= firstId && id <= lastId) {
                late++;
                observer.countMessage(Metric.REQUEST_LATE, reply.kind());
            } else {
                misplaced++;
            }
        } else if (!request.peer.equals(from)
                || request.request.kind().topic() != reply.kind().topic()) {
            misplaced++;
        } else {
            request.replied(reply);
        }
    }

    void shutdown() {
        for (DeadlineRing ring : rings) ring.cancel();
        List<PendingRequest> left = new ArrayList<>();
        for (PendingRequest request : slots) {
            if (request != null) left.add(request);
        }
        left.sort(Comparator.comparingLong(request -> request.request.requestId()));
        for (PendingRequest request : left) request.shutDown();
    }

    int size() {
        return size;
    }

    /** The id of the latest request, or one less than the first. */
    long lastId() {
        return lastId;
    }

    /** The id of the oldest request under way; one more than {@link #lastId} if there is none. */
    long oldestId() {
        long oldest = lastId + 1;
        for (PendingRequest request : slots) {
            if (request != null) oldest = Math.min(oldest, request.request.requestId());
        }
        return oldest;
    }

    /** Number of replies to requests that had timed out. */
    long late() {
        return late;
    }

    /** Number of replies from a peer that was not asked. */
    long misplaced() {
        return misplaced;
    }

    boolean invariantsHold() {
        int counted = 0;
        for (PendingRequest request : slots) {
            if (request != null) counted++;
        }
        int armed = 0;
        for (DeadlineRing ring : rings) armed += ring.size();
        return counted == size && begun == ended + size && size <= capacity && armed <= size;
    }

    private DeadlineRing ringFor(long timeoutNanos) {
        for (DeadlineRing ring : rings) {
            if (ring.timeoutNanos == timeoutNanos) return ring;
        }
        DeadlineRing ring = new DeadlineRing(runtime, timeoutNanos);
        rings.add(ring);
        return ring;
    }

    /** The slot that holds {@code id}, or the empty slot where it belongs. */
    private int slotOf(long id) {
        int mask = slots.length - 1;
        int slot = home(id);
        while (true) {
            PendingRequest there = slots[slot];
            if (there == null || there.request.requestId() == id) return slot;
            slot = (slot + 1) & mask;
        }
    }

    private int home(long id) {
        return (int) id & (slots.length - 1); // ids are consecutive
    }

    /** Empties a slot and moves up the entries that probing would no longer find. */
    private void close(int emptied) {
        int mask = slots.length - 1;
        int gap = emptied;
        int slot = gap;
        slots[gap] = null;
        while (true) {
            slot = (slot + 1) & mask;
            PendingRequest there = slots[slot];
            if (there == null) return;
            int home = home(there.request.requestId());
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                slots[gap] = there;
                slots[slot] = null;
                gap = slot;
            }
        }
    }

    private void grow() {
        @Nullable PendingRequest[] old = slots;
        slots = new @Nullable PendingRequest[2 * old.length];
        for (PendingRequest request : old) {
            if (request != null) slots[slotOf(request.request.requestId())] = request;
        }
    }
}
