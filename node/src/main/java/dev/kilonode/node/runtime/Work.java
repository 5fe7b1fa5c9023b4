package dev.kilonode.node.runtime;

/** A computation with a price: what a node asks its processors to do. */
public interface Work {

    WorkKind kind();

    /** Size of what is computed on, in bytes; the price has a part per byte. */
    long bytes();

    /** Does it for real: in wall time, and in virtual time with real cryptography. May run on another thread. */
    void compute();
}
