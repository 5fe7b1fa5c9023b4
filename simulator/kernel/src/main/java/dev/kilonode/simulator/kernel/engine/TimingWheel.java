package dev.kilonode.simulator.kernel.engine;

import org.jspecify.annotations.Nullable;

/**
 * Pending events on a hierarchical timing wheel: four levels of 8192 slots, the finest 262 us wide, which covers every long; the
 * finest level is two seconds, so that most events stand in it at once. Slots are unordered lists; the events of the current
 * slot stand in a heap, which gives the exact order. An event's level is that of the highest bit in which its time differs
 * from the cursor's, so no slot ever holds two turns of the wheel.
 *
 * <p>Adding an event touches no other: the lists have one direction, and an event that is called off stays in its list until the
 * cursor comes, or until half of all are such.
 *
 * <p>Holds: every pending event is at or after the cursor's slot, and those within it are in the heap.
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

    /** The earliest event happens. */
    void removeFirst() {
        current.remove(current.first());
    }

    /** {@code event}, which is pending, is called off. */
    void callOff(Event event) {
        boolean onWheel = event.place == Event.ON_WHEEL;
        if (!onWheel) current.remove(event);
        event.place = Event.CALLED_OFF;
        if (onWheel && ++calledOff > FEW && calledOff > linked / 2) sweep();
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

    /** Events in the slots, those called off among them, for tests of what is left behind. */
    int linked() {
        return linked;
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
            spread(level * SLOTS + index);
            return true;
        }
        return false;
    }

    /** Empties a slot and adds its events anew, but for those that have been called off. */
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

    /** Lets go of all events that have been called off. */
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
