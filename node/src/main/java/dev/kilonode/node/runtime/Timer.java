package dev.kilonode.node.runtime;

/** Handle of a scheduled call, to cancel it. */
public interface Timer {

    /** Cancels the call. Does nothing if the call has happened or was cancelled before. */
    void cancel();
}
