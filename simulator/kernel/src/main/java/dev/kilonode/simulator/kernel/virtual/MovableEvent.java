package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Event;

/** An event that a change of its host can move to another time. A cancelled event cannot be scheduled again, so a copy replaces it. */
abstract class MovableEvent extends Event {

    /** An event with the same action, not scheduled. This event has been cancelled and is not used again. */
    abstract MovableEvent copy();
}
