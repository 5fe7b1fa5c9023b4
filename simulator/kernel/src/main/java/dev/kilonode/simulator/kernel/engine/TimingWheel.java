package dev.kilonode.simulator.kernel.engine;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pending events on a hierarchical timing wheel. Four levels of 8192 slots cover every long. The finest slots are 262 us wide; the finest
 * level covers two seconds, so that most events enter it at once. Slots are unordered lists. The events of the current slot are in a heap,
 * which gives the exact order. The level of an event is that of the highest bit in which its time differs from the cursor's, so no slot
 * ever holds two turns of the wheel.
 *
 * <p>Adding an event touches no other event: the lists are singly linked. A cancelled event stays in its list until the cursor arrives, or
 * until half of all events are cancelled ones.
 *
 * <p>Invariant: every pending event is at or after the cursor's slot, and those within it are in the heap.
 */
final class TimingWheel {

    private static final int FINEST_BITS = 18;
    private static final int LEVEL_BITS = 13;
    private static final int SLOTS = 1 << LEVEL_BITS;
    private static final int LEVELS = 4;
    private static final int WORDS = SLOTS / 64;
    private static final int FEW = 1024;

    private final @Nullable Event[] slots = new Event[LEVELS * SLOTS];
    private final long[] taken = new long[LEVELS * WORDS];
    private final SlotHeap current = new SlotHeap();
    private long cursorNanos;
    private int linked;
    private int calledOff;

    void add(Event event) {
        long differing = (event.atNanos ^ cursorNanos) >>> FINEST_BITS;
        if (differing == 0) {
            current.add(event);
            return;
        }
        int level = (63 - Long.numberOfLeadingZeros(differing)) / LEVEL_BITS;
        int index = (int) (event.atNanos >>> shift(level)) & (SLOTS - 1);
        int slot = level * SLOTS + index;
        Event head = slots[slot];
        event.next = head;
        event.place = Event.ON_WHEEL;
        slots[slot] = event;
        linked++;
        if (head == null) taken[slot >>> 6] |= 1L << index;
    }

    /** Removes the earliest event. */
    void removeFirst() {
        current.remove(current.first());
    }

    /** Cancels {@code event}, which is pending. */
    void callOff(Event event) {
        boolean onWheel = event.place == Event.ON_WHEEL;
        if (!onWheel) current.remove(event);
        event.place = Event.CALLED_OFF;
        if (onWheel && ++calledOff > FEW && calledOff > linked / 2) sweep();
    }

    /** The earliest event if it is due by {@code limitNanos}, else null. Moves the cursor at most to the limit. */
    @Nullable
    Event firstUntil(long limitNanos) {
        while (current.isEmpty()) {
            if (!advance(limitNanos)) return null;
        }
        Event first = current.first();
        return first.atNanos <= limitNanos ? first : null;
    }

    /** The time of the earliest event, or the start of its slot. Does not move the cursor. */
    long nothingBeforeNanos() {
        if (!current.isEmpty()) return current.first().atNanos;
        for (int level = 0; level < LEVELS; level++) {
            int at = (int) (cursorNanos >>> shift(level)) & (SLOTS - 1);
            int index = nextTaken(level, at + 1);
            if (index < 0) continue;
            long slotSpan = 1L << shift(level);
            return (cursorNanos & -slotSpan) + (index - at) * slotSpan;
        }
        return Long.MAX_VALUE;
    }

    /** Passes all pending events to {@code visitor}, in no particular order. It must not change the wheel. */
    void forEach(Consumer<Event> visitor) {
        current.forEach(visitor);
        for (Event head : slots) {
            for (Event event = head; event != null; event = event.next) {
                if (event.place == Event.ON_WHEEL) visitor.accept(event);
            }
        }
    }

    /** Events in the slots, including cancelled ones, for tests that look for leaks. */
    int linked() {
        return linked;
    }

    /** Moves the cursor to the next used slot and distributes the events of that slot. */
    private boolean advance(long limitNanos) {
        for (int level = 0; level < LEVELS; level++) {
            int at = (int) (cursorNanos >>> shift(level)) & (SLOTS - 1);
            int index = nextTaken(level, at + 1);
            if (index < 0) continue;
            long slotSpan = 1L << shift(level);
            long startNanos = (cursorNanos & -slotSpan) + (index - at) * slotSpan;
            if (startNanos > limitNanos) return false;
            cursorNanos = startNanos;
            spread(level * SLOTS + index);
            return true;
        }
        return false;
    }

    /** Empties a slot and adds its events again, except cancelled ones. */
    private void spread(int slot) {
        Event event = slots[slot];
        slots[slot] = null;
        markEmpty(slot);
        while (event != null) {
            Event next = event.next;
            event.next = null;
            linked--;
            if (event.place == Event.CALLED_OFF) calledOff--;
            else add(event);
            event = next;
        }
    }

    /** Removes all cancelled events from the lists. */
    private void sweep() {
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] != null) spread(slot);
        }
    }

    private int nextTaken(int level, int from) {
        if (from >= SLOTS) return -1;
        int word = from >>> 6;
        long rest = taken[level * WORDS + word] & (-1L << from);
        while (rest == 0) {
            if (++word == WORDS) return -1;
            rest = taken[level * WORDS + word];
        }
        return word * 64 + Long.numberOfTrailingZeros(rest);
    }

    private void markEmpty(int slot) {
        taken[slot >>> 6] &= ~(1L << slot);
    }

    private static int shift(int level) {
        return FINEST_BITS + LEVEL_BITS * level;
    }
}
