package dev.kilonode.simulator.fault;

import dev.kilonode.simulator.world.Machine;
import java.util.List;

/** The links of some hosts carry less. @param factor what their bandwidth is divided by, 1 or more */
record Throttle(List<Machine> hosts, double factor) implements Trouble {

    @Override
    public void begin() {
        hosts.forEach(host -> host.setBandwidthFactor(1 / factor));
    }

    @Override
    public void end() {
        hosts.forEach(host -> host.setBandwidthFactor(1));
    }
}
