package dev.kilonode.node.transport;

/**
 * Takes one item after another from what waits; each ends within the call that begins it, or later. A loop, not a recursion: where the steps
 * of an item cost nothing, its end calls {@link #consume} within the loop, which returns at once, and the loop goes on.
 */
abstract class SerialConsumer {

    private boolean consuming;

    /** Begins items until {@link #beginNext} has none. Called when an item is offered, and when one ends. */
    final void consume() {
        if (consuming) return;
        consuming = true;
        boolean begun;
        do {
            begun = beginNext();
        } while (begun);
        consuming = false;
    }

    /** Whether the loop is running, which then takes the next item itself. */
    final boolean isConsuming() {
        return consuming;
    }

    /** @return false: nothing waits, or the consumer is busy or closed */
    abstract boolean beginNext();
}
