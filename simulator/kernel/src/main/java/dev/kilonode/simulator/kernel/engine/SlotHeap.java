package dev.kilonode.simulator.kernel.engine;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of the current slot in exact order: a binary heap that knows the position of each event, for cancelling. */
final class SlotHeap {

    private @Nullable Event[] events = new Event[256];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest event. Must not be called when empty. */
    Event first() {
        return at(0);
    }

    void forEach(Consumer<Event> visitor) {
        for (int position = 0; position < size; position++) visitor.accept(at(position));
    }

    void add(Event event) {
        if (size == events.length) events = Arrays.copyOf(events, 2 * size);
        up(size++, event);
    }

    void remove(Event event) {
        int hole = -2 - event.place;
        event.place = Event.IDLE;
        Event last = at(--size);
        events[size] = null;
        if (hole == size) return;
        if (hole > 0 && last.isBefore(at((hole - 1) >>> 1))) up(hole, last);
        else down(hole, last);
    }

    private void up(int hole, Event event) {
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            Event above = at(parent);
            if (!event.isBefore(above)) break;
            put(hole, above);
            hole = parent;
        }
        put(hole, event);
    }

    private void down(int hole, Event event) {
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            Event below = at(child);
            if (child + 1 < size && at(child + 1).isBefore(below)) below = at(++child);
            if (!below.isBefore(event)) break;
            put(hole, below);
            hole = child;
        }
        put(hole, event);
    }

    private void put(int position, Event event) {
        events[position] = event;
        event.place = -2 - position;
    }

    @SuppressWarnings("NullAway") // every position below size holds an event
    private Event at(int position) {
        return events[position];
    }
}
