package dev.kilonode.simulator.fault;

import dev.kilonode.simulator.world.Machine;

/** The nodes of hosts, for faults that take them down. */
public interface Victims {

    /** Kills every node of {@code host} as its process would be killed. */
    void kill(Machine host);

    /** Starts the nodes of {@code host} that are down. */
    void revive(Machine host);
}
