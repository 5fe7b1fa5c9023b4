package dev.kilonode.node.observe;

import java.util.Locale;

/** Events that a node's endpoint broadcasts to the tasks of the node. */
public enum ConnectionEvent {
    /** A connection was established. */
    UP,
    /** A connection ended. */
    DOWN,
    /** A message was read. No task uses this event, but it takes space in the same broadcast queue. */
    DATA;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
