package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;
import java.util.List;
import java.util.function.Consumer;

/** A fault that changes some hosts when it begins, and restores them when it ends. */
record HostFault(List<Host> hosts, Consumer<Host> change, Consumer<Host> restore) implements ActiveFault {

    @Override
    public void begin() {
        hosts.forEach(change);
    }

    @Override
    public void end() {
        hosts.forEach(restore);
    }
}
