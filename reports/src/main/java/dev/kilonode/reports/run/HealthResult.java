package dev.kilonode.reports.run;

/**
 * Whether the tester itself, or the load, was fit to judge by.
 *
 * @param id    name of what was looked at
 * @param fit   whether it was as it should be; a run in which it was not passes nothing
 * @param words what was found
 */
public record HealthResult(String id, boolean fit, String words) {}
