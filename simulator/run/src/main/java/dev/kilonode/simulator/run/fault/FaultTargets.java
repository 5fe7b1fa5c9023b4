package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;

/** The nodes of hosts, for faults that stop nodes. */
public interface FaultTargets {

    /** Kills every node of {@code host} without closing its connections. */
    void kill(Host host);

    /** Starts the stopped nodes of {@code host}. */
    void revive(Host host);
}
