package dev.kilonode.simulator.engine;

import org.jspecify.annotations.Nullable;

/**
 * Pending events on a hierarchical timing wheel: five levels of 2048 slots, the finest 16 us wide, which covers every long.
 * Slots are unordered lists; the events of the current slot stand in a heap, which gives the exact order. An event's level
 * is that of the highest bit in which its time differs from the cursor's, so no slot ever holds two turns of the wheel.
 *
 * <p>Holds: every pending event is at or after the cursor's slot, and those within it are in the heap.
 */
final class Wheel {

    private static final int FINEST_BITS = 14;
    private static final int LEVEL_BITS = 11;
    private static final int SLOTS = 1 << LEVEL_BITS;
    private static final int LEVELS = 5;
    private static final int WORDS = SLOTS / 64;

    private final @Nullable Event[] slots = new Event[LEVELS * SLOTS];
    private final long[] taken = new long[LEVELS * WORDS];
    private final int[] takenWords = new int[LEVELS];
    private final SlotHeap current = new SlotHeap();
    private long cursorNanos;

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
        event.previous = null;
        event.next = head;
        event.place = slot;
        slots[slot] = event;
        if (head != null) head.previous = event;
        else {
            taken[slot >>> 6] |= 1L << index;
            takenWords[level] |= 1 << (index >>> 6);
        }
    }

    void remove(Event event) {
        int slot = event.place;
        if (slot < 0) {
            current.remove(event);
            return;
        }
        Event next = event.next;
        Event previous = event.previous;
        if (next != null) next.previous = previous;
        if (previous != null) previous.next = next;
        else {
            slots[slot] = next;
            if (next == null) markEmpty(slot);
        }
        event.next = null;
        event.previous = null;
        event.place = Event.IDLE;
    }

    /** The earliest event if it is due by {@code limitNanos}, else null. Moves the cursor no further than the limit. */
    @Nullable
    Event firstUntil(long limitNanos) {
        while (current.isEmpty()) {
            if (!advance(limitNanos)) return null;
        }
        Event first = current.first();
        return first.atNanos <= limitNanos ? first : null;
    }

    /** The earliest event's time, or the begin of its slot; moves nothing. */
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

    /** Moves the cursor to the next slot in use and spreads that slot's events. */
    private boolean advance(long limitNanos) {
        for (int level = 0; level < LEVELS; level++) {
            int at = (int) (cursorNanos >>> shift(level)) & (SLOTS - 1);
            int index = nextTaken(level, at + 1);
            if (index < 0) continue;
            long slotSpan = 1L << shift(level);
            long startNanos = (cursorNanos & -slotSpan) + (index - at) * slotSpan;
            if (startNanos > limitNanos) return false;
            cursorNanos = startNanos;
            int slot = level * SLOTS + index;
            Event event = slots[slot];
            slots[slot] = null;
            markEmpty(slot);
            while (event != null) {
                Event next = event.next;
                event.next = null;
                event.previous = null;
                add(event);
                event = next;
            }
            return true;
        }
        return false;
    }

    private int nextTaken(int level, int from) {
        if (from >= SLOTS) return -1;
        int word = from >>> 6;
        long rest = taken[level * WORDS + word] & (-1L << from);
        if (rest == 0) {
            int later = word == WORDS - 1 ? 0 : takenWords[level] & (-1 << (word + 1));
            if (later == 0) return -1;
            word = Integer.numberOfTrailingZeros(later);
            rest = taken[level * WORDS + word];
        }
        return word * 64 + Long.numberOfTrailingZeros(rest);
    }

    private void markEmpty(int slot) {
        taken[slot >>> 6] &= ~(1L << slot);
        if (taken[slot >>> 6] == 0) takenWords[slot / SLOTS] &= ~(1 << ((slot & (SLOTS - 1)) >>> 6));
    }

    private static int shift(int level) {
        return FINEST_BITS + LEVEL_BITS * level;
    }
}
