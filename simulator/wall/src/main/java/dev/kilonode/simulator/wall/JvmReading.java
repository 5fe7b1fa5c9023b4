package dev.kilonode.simulator.wall;

/**
 * The figures of the JVM at one moment. Sums grow from the start of the process.
 *
 * @param collections garbage collections
 * @param collectionMillis total time of the collections
 * @param allocatedBytes allocated by the threads that are alive
 * @param cpuNanos processor time of the process
 * @param heapBytes heap in use after the last {@link JvmProbe#collect}, or after any collection if there was no call
 * @param directBytes memory of buffers outside the heap
 * @param residentBytes resident memory of the process; negative if unknown
 * @param threads threads that are alive
 * @param descriptors open file descriptors; negative if unknown
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
