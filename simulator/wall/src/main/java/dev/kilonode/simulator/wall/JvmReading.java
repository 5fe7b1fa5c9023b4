package dev.kilonode.simulator.wall;

/**
 * What the JVM says of itself at one moment. Sums grow from the start of the process.
 *
 * @param collections garbage collections
 * @param collectionMillis time they took, in all
 * @param allocatedBytes allocated by the threads that live now
 * @param cpuNanos processor time of the process
 * @param heapBytes heap in use after the last {@link JvmProbe#collect}, or after any collection if there was none
 * @param directBytes memory outside the heap that buffers hold
 * @param residentBytes memory of the process that is in the machine's; negative where the system does not tell
 * @param threads threads that live
 * @param descriptors open file descriptors; negative where the system does not tell
 */
public record JvmReading(
        long collections,
        long collectionMillis,
        long allocatedBytes,
        long cpuNanos,
        long heapBytes,
        long directBytes,
        long residentBytes,
        int threads,
        long descriptors) {}
