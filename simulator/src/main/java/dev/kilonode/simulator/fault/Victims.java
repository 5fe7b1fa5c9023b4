package dev.kilonode.simulator.fault;

import dev.kilonode.simulator.world.Host;

/** The nodes of hosts, for faults that take them down. */
public interface Victims {

    /** Kills every node of {@code host} as its process would be killed. */
    void kill(Host host);

    /** Starts the nodes of {@code host} that are down. */
    void revive(Host host);
}
