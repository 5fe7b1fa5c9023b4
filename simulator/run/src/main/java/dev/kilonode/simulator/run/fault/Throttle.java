package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;
import java.util.List;

/** The links of some hosts carry less. @param factor what their bandwidth is divided by, 1 or more */
record Throttle(List<Host> hosts, double factor) implements ActiveFault {

    @Override
    public void begin() {
        hosts.forEach(host -> host.setBandwidthFactor(1 / factor));
    }

    @Override
    public void end() {
        hosts.forEach(host -> host.setBandwidthFactor(1));
    }
}
