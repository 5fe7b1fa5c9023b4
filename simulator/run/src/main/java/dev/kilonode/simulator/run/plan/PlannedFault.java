package dev.kilonode.simulator.run.plan;

import dev.kilonode.simulator.scenario.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fault, on randomly drawn hosts.
 *
 * @param hosts numbers of the affected hosts, in the order in which they were drawn
 * @param attackHost the host of its malicious peers; null if it has none or has no targets
 */
public record PlannedFault(
        Fault fault, List<Integer> hosts, @Nullable PlannedHost attackHost) {

    public PlannedFault {
        hosts = List.copyOf(hosts);
    }
}
