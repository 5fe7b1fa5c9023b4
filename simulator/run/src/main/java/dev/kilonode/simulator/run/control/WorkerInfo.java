package dev.kilonode.simulator.run.control;

import org.jspecify.annotations.Nullable;

/**
 * What a worker is, and what it has.
 *
 * @param build version and commit of its Kilonode; only workers of the coordinator's build may take part
 * @param machine name of its machine
 * @param pid its process
 * @param jvm name and version of its JVM
 * @param processors processors available to it
 * @param maxHeapBytes limit of its heap
 * @param mostDescriptors limit of its file descriptors
 * @param controlAddress its address on the control plane
 * @param addressBlock addresses of its hosts in CIDR notation; null if they are loopback addresses
 */
public record WorkerInfo(
        String build,
        String machine,
        long pid,
        String jvm,
        int processors,
        long maxHeapBytes,
        long mostDescriptors,
        String controlAddress,
        @Nullable String addressBlock) {

    /** The same worker, with this address on the control plane. */
    public WorkerInfo at(String address) {
        return new WorkerInfo(
                build, machine, pid, jvm, processors, maxHeapBytes, mostDescriptors, address, addressBlock);
    }
}
