package dev.kilonode.simulator.run.harness;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.RunVerdict;
import java.util.List;

/**
 * How a run ended.
 *
 * @param verdict what its checks and its health come to, whatever else the command finds
 * @param cutShort why it did not go to its end, in words; empty when it did
 * @param digest of a virtual run, in hex
 */
public record RunEnd(
        RunVerdict verdict, String cutShort, String digest, List<CheckResult> checks, List<HealthResult> health) {

    /** Whether it was stopped before its end, from outside or by a check. */
    public boolean interrupted() {
        return !cutShort.isEmpty();
    }

    /** Of a run that was stopped while its network was made. @param why in words */
    public static RunEnd beforeItBegan(String why) {
        String cutShort = why + " before the network was there";
        return new RunEnd(RunVerdict.inconclusive(cutShort), cutShort, "", List.of(), List.of());
    }
}
