package dev.kilonode.simulator.scenario;

/** What goes wrong. */
public enum FaultKind {
    /** Nodes of the hosts die at once, and start again at the end. */
    KILL,
    /** Hosts reach nobody and nobody reaches them. */
    ISOLATE,
    /** Messages from and to the hosts take longer. */
    LATENCY,
    /** More packets from and to the hosts are lost. */
    LOSS,
    /** The hosts' links carry less. */
    THROTTLE,
    /** The hosts' cores work more slowly. */
    SLOW_CPU,
    /** The hosts refuse dials; connections that are up stay. Wall time only. */
    REFUSE,
    /** The consumers of the hosts' nodes stand still. Wall time only. */
    PAUSE,
    /** Rogue peers send random bytes: as frames over connections of their own, and in wall time also straight to the sockets. */
    GARBAGE,
    /** Rogue peers begin connections and say no more. Wall time only, and over sockets only. */
    HALF_OPEN,
    /** Rogue peers ask and never read what they are answered. Wall time only. */
    DEAF;

    /** Whether virtual time has it too. */
    public boolean inVirtualTime() {
        return this != REFUSE && this != PAUSE && this != HALF_OPEN && this != DEAF;
    }

    /** Whether it says how hard. */
    public boolean hasFactor() {
        return this == LATENCY || this == LOSS || this == THROTTLE || this == SLOW_CPU;
    }

    /** Whether it is peers of their own that do it, rather than something that happens to the nodes. */
    public boolean hasRogues() {
        return this == GARBAGE || this == HALF_OPEN || this == DEAF;
    }
}
