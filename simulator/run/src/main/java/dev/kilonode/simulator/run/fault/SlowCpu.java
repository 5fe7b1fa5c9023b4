package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;
import java.util.List;

/** The cores of some hosts work more slowly. @param factor what their speed is divided by, 1 or more */
record SlowCpu(List<Host> hosts, double factor) implements ActiveFault {

    SlowCpu {
        hosts.forEach(host -> host.setCoreSpeedFactor(1)); // from now on they remember what waits, to move it
    }

    @Override
    public void begin() {
        hosts.forEach(host -> host.setCoreSpeedFactor(1 / factor));
    }

    @Override
    public void end() {
        hosts.forEach(host -> host.setCoreSpeedFactor(1));
    }
}
