package dev.kilonode.node.store;

/** What holds the content of chunks. */
public enum Medium {
    MEMORY,
    DISK
}
