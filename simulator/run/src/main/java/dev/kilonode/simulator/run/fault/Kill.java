package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;
import java.util.List;

/** All nodes of some hosts die at once, without a word, and come back together. */
record Kill(List<Host> hosts, FaultTargets targets) implements ActiveFault {

    @Override
    public void begin() {
        hosts.forEach(targets::kill);
    }

    @Override
    public void end() {
        hosts.forEach(targets::revive);
    }
}
