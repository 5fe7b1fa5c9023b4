package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.settings.AddressHistoryCost;
import java.util.HashSet;
import java.util.Set;

/**
 * The addresses that one endpoint has had connections to. It grows until the endpoint is closed. Each address takes a constant share of the
 * host's cores. Invariant: met = remembered + met again + dropped + forgotten.
 */
final class AddressHistory {

    private final int capacity;
    private final double coresPerAddress;
    private final Processors processors;

    /** Used for membership only, never iterated over. */
    private final Set<NodeAddress> addresses = new HashSet<>();

    private long met;
    private long metAgain;
    private long dropped;
    private long forgotten;

    AddressHistory(AddressHistoryCost cost, Processors processors) {
        this.capacity = cost.addresses();
        this.coresPerAddress = cost.perAddressSecond().toNanos() / 1e9;
        this.processors = processors;
    }

    void meet(NodeAddress address, long nowNanos) {
        if (capacity == 0) return;
        met++;
        if (addresses.contains(address)) {
            metAgain++;
        } else if (addresses.size() == capacity) {
            dropped++;
        } else {
            addresses.add(address);
            processors.addQuietCores(nowNanos, coresPerAddress);
        }
    }

    /** Forgets all addresses when the endpoint is closed. */
    void clear(long nowNanos) {
        forgotten += addresses.size();
        processors.addQuietCores(nowNanos, -coresPerAddress * addresses.size());
        addresses.clear();
    }

    int size() {
        return addresses.size();
    }

    boolean invariantsHold() {
        return met == addresses.size() + metAgain + dropped + forgotten && addresses.size() <= capacity;
    }
}
