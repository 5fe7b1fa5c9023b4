package dev.kilonode.simulator.run.fault;

import dev.kilonode.simulator.kernel.world.Host;
import java.util.List;

/** All paths from and to some hosts are slower or lossier. */
record NetworkDegradation(List<Host> hosts, double latencyFactor, double lossFactor) implements ActiveFault {

    @Override
    public void begin() {
        hosts.forEach(host -> {
            host.setLatencyFactor(latencyFactor);
            host.setLossFactor(lossFactor);
        });
    }

    @Override
    public void end() {
        hosts.forEach(host -> {
            host.setLatencyFactor(1);
            host.setLossFactor(1);
        });
    }
}
