package dev.kilonode.simulator.run.control;

import java.util.List;

/**
 * One part of a run.
 *
 * @param run name of the run, for messages
 * @param scenario the resolved scenario, as YAML
 * @param part number of the part, from 0
 * @param parts number of parts
 * @param addressBlocks by part, the addresses of its hosts in CIDR notation; empty if all hosts have the loopback addresses that the
 *     scenario names
 */
public record Assignment(String run, String scenario, int part, int parts, List<String> addressBlocks) {

    public Assignment {
        addressBlocks = List.copyOf(addressBlocks);
    }
}
