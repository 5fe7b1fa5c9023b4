package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;

/** The nodes of hosts, for faults that take them down. */
public interface FaultTargets {

    /** Kills every node of {@code host} as its process would be killed. */
    void kill(Host host);

    /** Starts the nodes of {@code host} that are down. */
    void revive(Host host);
}
