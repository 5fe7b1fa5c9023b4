package dev.kilonode.node.testkit;

/** How a peer of the test network treats others. */
public enum Behaviour {
    WELL,
    /** Connects, and never reads anything. */
    SILENT,
    /** Cannot be dialled. */
    DEAD,
    /** Can be dialled and never says who it is. */
    NAMELESS
}
