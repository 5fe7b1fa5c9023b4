package dev.kilonode.simulator.harness;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Summary;
import java.util.List;

/**
 * How a run ended.
 *
 * @param reason the verdict in one sentence
 * @param interrupted whether it was stopped before its end, from outside or by a check
 * @param digest of a virtual run, in hex
 */
public record RunEnd(
        Summary.Verdict verdict,
        String reason,
        boolean interrupted,
        String digest,
        List<CheckResult> checks,
        List<HealthResult> health) {

    /** Of a run that was stopped while its network was made. */
    public static RunEnd beforeItBegan() {
        return new RunEnd(
                Summary.Verdict.INCONCLUSIVE, "stopped before the network was there", true, "", List.of(), List.of());
    }
}
