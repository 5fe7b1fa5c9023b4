package dev.kilonode.node.store;

/** Where the content of chunks is stored. */
public enum Medium {
    MEMORY,
    DISK
}
