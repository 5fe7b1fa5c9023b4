package dev.kilonode.simulator.experiments.forecast;

import dev.kilonode.node.registry.RegistryDesign;
import dev.kilonode.reports.forecast.NetworkCapacity;
import dev.kilonode.simulator.scenario.Scenario;

/** Capacity of a scenario's network, from which reports compute utilisation. */
public final class Capacities {

    private Capacities() {}

    /** Consumers of all nodes together, and the bandwidth of the host with the least. */
    public static NetworkCapacity of(Scenario scenario) {
        boolean one = scenario.transport().registry().equals(RegistryDesign.SINGLE_CONSUMER.label());
        long consumers = one ? 1 : scenario.transport().shards();
        double up = Double.POSITIVE_INFINITY;
        double down = Double.POSITIVE_INFINITY;
        for (var group : scenario.hosts()) {
            up = Math.min(up, group.up().bytesPerSecond());
            down = Math.min(down, group.down().bytesPerSecond());
        }
        return new NetworkCapacity(consumers * scenario.nodes().count(), up, down);
    }
}
