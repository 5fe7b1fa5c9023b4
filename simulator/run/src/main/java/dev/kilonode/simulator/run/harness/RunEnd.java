package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.RunVerdict;
import java.util.List;

/**
 * The outcome of a run.
 *
 * @param verdict the verdict of its checks and its health; the command may find further errors
 * @param cutShort why the run ended early, as a phrase; empty if it did not
 * @param digest the digest of a virtual run, in hexadecimal
 */
public record RunEnd(
        RunVerdict verdict, String cutShort, String digest, List<CheckResult> checks, List<HealthResult> health) {

    /** Whether the run was stopped early, by the caller or by a check. */
    public boolean interrupted() {
        return !cutShort.isEmpty();
    }

    /**
     * The outcome of a run that was stopped while its network was being created.
     *
     * @param why the reason, as a phrase
     */
    public static RunEnd beforeItBegan(String why) {
        String cutShort = why + " before the network was there";
        return new RunEnd(RunVerdict.inconclusive(cutShort), cutShort, "", List.of(), List.of());
    }
}
