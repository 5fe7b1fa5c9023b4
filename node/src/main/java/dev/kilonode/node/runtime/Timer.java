package dev.kilonode.node.runtime;

/** A call that has been scheduled and may still be called off. */
public interface Timer {

    /** Calls it off. Does nothing when the call has happened or was called off before. */
    void cancel();
}
