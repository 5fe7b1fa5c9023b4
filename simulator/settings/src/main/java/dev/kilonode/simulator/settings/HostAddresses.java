package dev.kilonode.simulator.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** The IPv4 addresses of the hosts of a run, equal in all processes of the run. */
@FunctionalInterface
public interface HostAddresses {

    /** The address of the host with this number, big-endian. */
    int ip(int host);

    /** Loopback addresses from {@code first} on; see {@link LoopbackAddresses}. */
    static HostAddresses loopback(String first) {
        return host -> LoopbackAddresses.ip(first, host);
    }

    /**
     * Addresses in blocks, one block for each part of the run. The hosts of a part have the addresses of its block, in the order of their
     * numbers.
     *
     * @param blocks by part, in CIDR notation
     * @param hosts the number of hosts of the run, with those of attackers
     * @param ownerOf the part that runs the host with a number
     * @throws IllegalArgumentException if a block is none, is too small or overlaps another; the message says what to write
     */
    static HostAddresses inBlocks(List<String> blocks, int hosts, IntUnaryOperator ownerOf) {
        List<AddressBlock> parsed = new ArrayList<>();
        for (String cidr : blocks) {
            AddressBlock block = AddressBlock.parse(cidr);
            for (AddressBlock other : parsed) {
                if (block.overlaps(other)) {
                    throw new IllegalArgumentException("got address blocks " + other + " and " + block
                            + ", which overlap; give each worker a block of its own");
                }
            }
            parsed.add(block);
        }
        int[] used = new int[parsed.size()];
        for (int host = 0; host < hosts; host++) used[ownerOf.applyAsInt(host)]++;
        for (int part = 0; part < used.length; part++) {
            AddressBlock block = parsed.get(part);
            if (used[part] > block.size()) {
                throw new IllegalArgumentException("got address block " + block + " with " + block.size()
                        + " addresses for the " + used[part] + " hosts of part " + part
                        + "; give this worker a greater block, or write fewer hosts with more nodes each");
            }
        }
        int[] ips = new int[hosts];
        int[] next = new int[parsed.size()];
        for (int host = 0; host < hosts; host++) {
            int part = ownerOf.applyAsInt(host);
            ips[host] = parsed.get(part).ip(next[part]++);
        }
        return host -> ips[host];
    }
}
