package dev.kilonode.simulator.fault;

import dev.kilonode.simulator.world.Machine;
import java.util.List;

/** All paths from and to some hosts are slower or lossier. */
record WorsePaths(List<Machine> hosts, double latencyFactor, double lossFactor) implements Trouble {

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
