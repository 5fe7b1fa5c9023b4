package dev.kilonode.simulator.run.plan;

import dev.kilonode.simulator.scenario.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fault, on hosts drawn at random.
 *
 * @param hosts numbers of the hosts that it hits, in the order in which they were drawn
 * @param attackHost the host that its malicious peers run on; null where it has none, or nobody to attack
 */
public record PlannedFault(
        Fault fault, List<Integer> hosts, @Nullable PlannedHost attackHost) {

    public PlannedFault {
        hosts = List.copyOf(hosts);
    }
}
