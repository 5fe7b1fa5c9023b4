package dev.kilonode.simulator.run.plan;

/**
 * One uploader.
 *
 * @param number its number among the uploaders
 * @param host number of the host that its clients run on
 * @param firstNanos when its first upload is due; the later ones depend on how long uploads take
 */
public record PlannedUploader(int number, int host, long firstNanos) {}
