package dev.kilonode.simulator.run;

import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.simulator.settings.AddressBlock;
import java.util.List;
import java.util.Optional;

/** Which links may carry the frames of a run over several processes. */
public final class WorkerLinkRules {

    private WorkerLinkRules() {}

    /**
     * Why the link may not be used: a mistake of the user ({@link ExitCode#USAGE}), with what to write instead. Empty if it may.
     *
     * @param link the link that the scenario names
     * @param processes the number of processes that run nodes
     * @param addressBlocks the addresses of hosts in CIDR notation; empty if all are loopback addresses
     * @throws IllegalArgumentException if one of them is no address block
     */
    public static Optional<String> refusal(LinkProvider link, int processes, List<String> addressBlocks) {
        if (processes > 1 && !link.crossesProcesses()) {
            return Optional.of("wall.link " + link.label() + " keeps frames within one process, but " + processes
                    + " processes run the nodes; write --set wall.link=tcp (or tls, quic), or run it in one process");
        }
        if (link.encrypted()) return Optional.empty();
        return addressBlocks.stream()
                .filter(block -> !AddressBlock.parse(block).isLoopback())
                .findFirst()
                .map(block -> "wall.link " + link.label() + " does not encrypt, but the hosts of " + block
                        + " have addresses off loopback; write --set wall.link=tls, or quic");
    }
}
