package dev.kilonode.simulator.harness;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.run.Summary.Verdict;
import dev.kilonode.simulator.metrics.RunMetrics;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.workload.UploadFleet;
import java.util.List;
import java.util.stream.Collectors;

/** What a run's checks and its own health come to. A run in which nothing happened passes nothing. */
final class Verdicts {

    private Verdicts() {}

    static RunEnd of(
            Scenario scenario,
            List<CheckResult> checks,
            RunMetrics metrics,
            UploadFleet fleet,
            boolean interrupted,
            String digest) {
        List<String> failed = ids(checks, Status.FAIL);
        List<String> open = ids(checks, Status.INCONCLUSIVE);
        if (!failed.isEmpty()) {
            String reason = failed.size() + " of " + checks.size() + " checks failed: " + String.join(", ", failed);
            return new RunEnd(Verdict.FAIL, reason, interrupted, digest, checks);
        }
        String nothing = nothingHappened(scenario, metrics, fleet);
        if (!nothing.isEmpty()) return new RunEnd(Verdict.INCONCLUSIVE, nothing, interrupted, digest, checks);
        if (!open.isEmpty()) {
            String reason = "too little data for " + String.join(", ", open);
            return new RunEnd(Verdict.INCONCLUSIVE, reason, interrupted, digest, checks);
        }
        String reason = checks.isEmpty() ? "the scenario has no checks" : "all " + checks.size() + " checks passed";
        return new RunEnd(Verdict.PASS, reason, interrupted, digest, checks);
    }

    private static String nothingHappened(Scenario scenario, RunMetrics metrics, UploadFleet fleet) {
        if (metrics.deliveredTotal() == 0) return "no node delivered a single message";
        if (scenario.workload().uploaders().count() == 0) return "";
        if (fleet.started() == 0) return "no upload was started";
        if (fleet.succeeded() == 0) return "no upload succeeded: " + fleet;
        return "";
    }

    private static List<String> ids(List<CheckResult> checks, Status status) {
        return checks.stream()
                .filter(check -> check.status() == status)
                .map(CheckResult::id)
                .collect(Collectors.toList());
    }
}
