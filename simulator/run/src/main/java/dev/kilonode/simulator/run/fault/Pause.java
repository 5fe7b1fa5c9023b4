package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;
import java.util.List;

/** The nodes of some hosts stand still: what they receive waits. */
record Pause(List<Host> hosts) implements ActiveFault {

    @Override
    public void begin() {
        hosts.forEach(host -> host.pause(true));
    }

    @Override
    public void end() {
        hosts.forEach(host -> host.pause(false));
    }
}
