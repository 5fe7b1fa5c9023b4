package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.settings.AddressHistoryCost;
import java.util.HashSet;
import java.util.Set;

/**
 * The addresses that one endpoint has had connections to. It only grows, until the endpoint ends. Each address costs a constant share of
 * the host's cores. Holds: met = remembered + met again + dropped + forgotten.
 */
final class AddressHistory {

    private final int capacity;
    private final double coresPerAddress;
    private final Processors processors;

    /** Asked for membership only, never iterated over. */
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

    /** The endpoint's end. */
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
