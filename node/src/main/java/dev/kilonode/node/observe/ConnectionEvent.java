package dev.kilonode.node.observe;

import java.util.Locale;

/** What a node's endpoint broadcasts to the node's own tasks. */
public enum ConnectionEvent {
    /** A connection came up. */
    UP,
    /** A connection has ended. */
    DOWN,
    /** A message was read; of interest to nobody here, and in the same broadcast. */
    DATA;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
