package dev.kilonode.simulator.fault;

import dev.kilonode.simulator.world.Machine;
import java.util.List;

/** Some hosts reach nobody, and nobody reaches them. */
record Isolate(List<Machine> hosts) implements Trouble {

    @Override
    public void begin() {
        hosts.forEach(host -> host.isolate(true));
    }

    @Override
    public void end() {
        hosts.forEach(host -> host.isolate(false));
    }
}
