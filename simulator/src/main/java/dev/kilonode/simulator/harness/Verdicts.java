package dev.kilonode.simulator.harness;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Summary.Verdict;
import dev.kilonode.reports.run.TrendResult;
import dev.kilonode.reports.story.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a run's checks and its own health come to. A run in which nothing happened passes nothing. */
final class Verdicts {

    /** A verdict and its reason in one sentence. */
    record Judgement(Verdict verdict, String reason) {}

    private Verdicts() {}

    /** @param cutShort why the run did not go to its end, in words; empty when it did */
    static Judgement of(List<CheckResult> checks, List<HealthResult> health, String cutShort) {
        String failed = ids(checks, check -> check.status() == Status.FAIL);
        String before = cutShort.isEmpty() ? "" : cutShort + "; ";
        if (!failed.isEmpty()) {
            long count = checks.stream().filter(c -> c.status() == Status.FAIL).count();
            String reason = count + " of " + checks.size() + " checks failed: " + failed;
            return new Judgement(Verdict.FAIL, before + reason);
        }
        String unfit = health.stream()
                .filter(finding -> !finding.fit())
                .map(HealthResult::words)
                .findFirst()
                .orElse("");
        if (!unfit.isEmpty()) return new Judgement(Verdict.INCONCLUSIVE, before + unfit);
        String open = ids(checks, check -> check.status() == Status.INCONCLUSIVE && decides(check));
        if (!open.isEmpty()) return new Judgement(Verdict.INCONCLUSIVE, before + "too little data for " + open);
        if (!cutShort.isEmpty()) return new Judgement(Verdict.INCONCLUSIVE, before + good(checks));
        return new Judgement(Verdict.PASS, good(checks));
    }

    /** Whether the run depends on it; of other checks it is only said how they ended. */
    private static boolean decides(CheckResult check) {
        return check.severity().equals("fail");
    }

    private static String good(List<CheckResult> checks) {
        if (checks.isEmpty()) return "the scenario has no checks";
        long passed = checks.stream().filter(c -> c.status() == Status.PASS).count();
        if (passed == checks.size()) return "all " + checks.size() + " checks passed";
        List<String> parts = new ArrayList<>(List.of(passed + " of " + checks.size() + " checks passed"));
        String unkept = ids(checks, check -> check.status() == Status.WARN || check.status() == Status.INFO);
        if (!unkept.isEmpty()) parts.add("warned: " + unkept);
        String open = ids(checks, check -> check.status() == Status.INCONCLUSIVE);
        if (!open.isEmpty()) parts.add("too little data for " + open);
        return String.join("; ", parts);
    }

    private static String ids(List<CheckResult> checks, Predicate<CheckResult> wanted) {
        return checks.stream().filter(wanted).map(Verdicts::named).collect(Collectors.joining(", "));
    }

    /** A trend that counts is named with its time: {@code uploads-slow-down (since 19 h 40 min)}. */
    private static String named(CheckResult check) {
        TrendResult trend = check.trend();
        Long since = trend == null ? null : trend.sinceMs();
        boolean counts = check.status() != Status.PASS && check.status() != Status.INCONCLUSIVE;
        return counts && since != null ? check.id() + " (since " + Format.time(since) + ")" : check.id();
    }
}
