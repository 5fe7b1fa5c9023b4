package dev.kilonode.reports.forecast;

/**
 * What a run's network has, which its data do not say.
 *
 * @param consumers of all nodes' shards together
 * @param upBytesPerSecond of the host with the least
 * @param downBytesPerSecond of the host with the least
 */
public record NetworkCapacity(long consumers, double upBytesPerSecond, double downBytesPerSecond) {}
