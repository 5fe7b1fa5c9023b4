package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.run.HealthResult;
import java.util.List;

/** What is known of the harness of a run, besides the built-in checks. */
public interface HarnessHealth {

    /**
     * What is told before the built-in checks.
     *
     * @param blamed ids of checks that failed only in windows in which the harness was saturated
     */
    List<HealthResult> before(List<String> blamed);

    /** What is told after them. */
    List<HealthResult> after();
}
