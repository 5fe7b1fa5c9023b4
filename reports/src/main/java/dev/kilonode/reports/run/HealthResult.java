package dev.kilonode.reports.run;

/**
 * Whether one condition for a valid measurement held: of the tester or of the load.
 *
 * @param id name of the condition
 * @param fit whether it held; a run in which it did not cannot pass
 * @param words what was found
 */
public record HealthResult(String id, boolean fit, String words) {}
