package dev.kilonode.simulator.settings;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a world can do to its hosts and nodes. A fault states which of these it needs; a run whose world lacks one is refused. */
public enum Capability {
    /** Hosts reach nobody, and nobody reaches them. */
    ISOLATE_HOSTS("isolate hosts"),
    /** Messages from and to a host take longer. */
    SCALE_LATENCY("delay the messages of some hosts"),
    /** Messages from and to a host lose more packets. */
    SCALE_LOSS("lose more packets of some hosts"),
    /** A host's network link carries less. */
    SCALE_BANDWIDTH("narrow the links of some hosts"),
    /** A host's processors work more slowly. */
    SLOW_PROCESSORS("slow processors"),
    /** A host refuses dials from others; connections that are up stay. */
    REFUSE_DIALS("refuse dials"),
    /** The consumers of a host's nodes stand still. */
    PAUSE_NODES("pause nodes"),
    /** A peer stops reading from its connections, and what it is sent piles up. */
    STOP_READING("stop reading from a connection"),
    /** A peer sends bytes to the nodes' sockets, and opens connections there, without keeping to the protocol. */
    RAW_SOCKETS("open sockets");

    /** What virtual time can do: it has no sockets, and no buffers between two nodes. */
    public static final Set<Capability> VIRTUAL_TIME = Collections.unmodifiableSet(
            EnumSet.complementOf(EnumSet.of(REFUSE_DIALS, PAUSE_NODES, STOP_READING, RAW_SOCKETS)));

    private static final Set<Capability> WITHOUT_SOCKETS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(RAW_SOCKETS)));
    private static final Set<Capability> ALL = Collections.unmodifiableSet(EnumSet.allOf(Capability.class));

    private final String action;

    Capability(String action) {
        this.action = action;
    }

    /** What wall time can do. @param sockets whether the nodes listen at sockets */
    public static Set<Capability> wallTime(boolean sockets) {
        return sockets ? ALL : WITHOUT_SOCKETS;
    }

    /** In words that go after "cannot". */
    public String action() {
        return action;
    }
}
