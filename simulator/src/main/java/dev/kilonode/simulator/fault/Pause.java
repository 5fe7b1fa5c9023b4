package dev.kilonode.simulator.fault;

import dev.kilonode.simulator.world.Machine;
import java.util.List;

/** The nodes of some hosts stand still: what they receive waits. */
record Pause(List<Machine> hosts) implements Trouble {

    @Override
    public void begin() {
        hosts.forEach(host -> host.pause(true));
    }

    @Override
    public void end() {
        hosts.forEach(host -> host.pause(false));
    }
}
