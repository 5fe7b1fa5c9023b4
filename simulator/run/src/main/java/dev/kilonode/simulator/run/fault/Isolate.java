package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;
import java.util.List;

/** Some hosts reach nobody, and nobody reaches them. */
record Isolate(List<Host> hosts) implements ActiveFault {

    @Override
    public void begin() {
        hosts.forEach(host -> host.isolate(true));
    }

    @Override
    public void end() {
        hosts.forEach(host -> host.isolate(false));
    }
}
