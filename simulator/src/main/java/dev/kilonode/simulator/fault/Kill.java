package dev.kilonode.simulator.fault;

import dev.kilonode.simulator.world.Machine;
import java.util.List;

/** All nodes of some hosts die at once, without a word, and come back together. */
record Kill(List<Machine> hosts, Victims victims) implements Trouble {

    @Override
    public void begin() {
        hosts.forEach(victims::kill);
    }

    @Override
    public void end() {
        hosts.forEach(victims::revive);
    }
}
