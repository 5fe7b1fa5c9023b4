package dev.kilonode.node.runtime;

/** A computation with a price, which a node hands to its processors. */
public interface Work {

    WorkKind kind();

    /** Size of the data in bytes; the price has a part per byte. */
    long bytes();

    /** Performs the computation: in wall time, and in virtual time with real cryptography. May run on another thread. */
    void compute();
}
