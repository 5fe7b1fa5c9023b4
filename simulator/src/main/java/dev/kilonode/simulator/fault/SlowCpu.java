package dev.kilonode.simulator.fault;

import dev.kilonode.simulator.world.Machine;
import java.util.List;

/** The cores of some hosts work more slowly. @param factor what their speed is divided by, 1 or more */
record SlowCpu(List<Machine> hosts, double factor) implements Trouble {

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
