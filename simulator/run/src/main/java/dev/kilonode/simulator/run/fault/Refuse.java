package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;
import java.util.List;

/** Some hosts take no new connections. */
record Refuse(List<Host> hosts) implements ActiveFault {

    @Override
    public void begin() {
        hosts.forEach(host -> host.refuse(true));
    }

    @Override
    public void end() {
        hosts.forEach(host -> host.refuse(false));
    }
}
