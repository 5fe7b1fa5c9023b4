package dev.kilonode.simulator.run.plan;

/**
 * One uploader.
 *
 * @param number its number among the uploaders
 * @param host number of the host of its clients
 * @param firstNanos time of its first upload; later ones depend on the durations of uploads
 */
public record PlannedUploader(int number, int host, long firstNanos) {}
