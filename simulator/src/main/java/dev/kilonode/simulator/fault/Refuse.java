package dev.kilonode.simulator.fault;

import dev.kilonode.simulator.world.Machine;
import java.util.List;

/** Some hosts take no new connections. */
record Refuse(List<Machine> hosts) implements Trouble {

    @Override
    public void begin() {
        hosts.forEach(host -> host.refuse(true));
    }

    @Override
    public void end() {
        hosts.forEach(host -> host.refuse(false));
    }
}
