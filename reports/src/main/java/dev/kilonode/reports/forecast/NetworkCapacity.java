package dev.kilonode.reports.forecast;

/**
 * Capacities of a run's network, which are not part of its data.
 *
 * @param consumers shard consumers of all nodes together
 * @param upBytesPerSecond smallest bandwidth of a host, up
 * @param downBytesPerSecond smallest bandwidth of a host, down
 */
public record NetworkCapacity(long consumers, double upBytesPerSecond, double downBytesPerSecond) {}
