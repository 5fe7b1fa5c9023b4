package dev.kilonode.reports.model;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunVerdict;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.run.Summary.Verdict;
import dev.kilonode.reports.run.TrendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The only place that derives the verdict on a run from its check and health results. */
public final class VerdictPolicy {

    /** The health result of a run that lost workers. The verdict names them even if their loss is tolerated. */
    public static final String WORKERS_STAYED = "workers-stayed";

    private VerdictPolicy() {}

    /**
     * The verdict on a run that has just ended or is judged again. A run without a result, or one that was cut short, cannot pass.
     *
     * @param cutShort why the run did not reach its end; empty if it did
     */
    public static RunVerdict of(List<CheckResult> checks, List<HealthResult> health, String cutShort) {
        List<String> reasons = new ArrayList<>();
        if (!cutShort.isEmpty()) {
            reasons.add(cutShort);
        }
        List<String> unfit = health.stream()
                .filter(problem -> !problem.fit())
                .map(HealthResult::words)
                .toList();
        List<String> tolerated = health.stream()
                .filter(result -> result.fit() && result.id().equals(WORKERS_STAYED))
                .map(HealthResult::words)
                .toList();
        long failed = checks.stream().filter(c -> c.status() == Status.FAIL).count();
        if (failed > 0) {
            reasons.add(
                    failed + " of " + checks.size() + " checks failed: " + ids(checks, c -> c.status() == Status.FAIL));
            reasons.addAll(unfit);
            reasons.addAll(tolerated);
            reasons.addAll(warnings(checks));
            return RunVerdict.of(Verdict.FAIL, reasons);
        }
        reasons.addAll(unfit);
        String open = ids(checks, c -> c.status() == Status.INCONCLUSIVE && decides(c));
        if (!open.isEmpty()) {
            reasons.add((reasons.isEmpty() ? "too little data for " : "so nothing can be said of ") + open);
        }
        if (reasons.isEmpty()) {
            reasons.add(good(checks));
            reasons.addAll(tolerated);
            return RunVerdict.of(Verdict.PASS, reasons);
        }
        if (open.isEmpty() && unfit.isEmpty()) {
            reasons.add(checks.isEmpty() ? good(checks) : "no check had failed until then");
        }
        reasons.addAll(tolerated);
        reasons.addAll(warnings(checks));
        return RunVerdict.of(Verdict.INCONCLUSIVE, reasons);
    }

    /** The verdict on a recorded run: the one stored at its end, if there is one. */
    public static RunVerdict of(RunData data) {
        Summary summary = data.summary();
        if (!data.integrity().intact()) {
            return RunVerdict.inconclusive("the data are " + data.integrity().words());
        }
        if (summary == null) {
            String why = cutShort(data);
            return RunVerdict.inconclusive(why.isEmpty() ? "the run has no summary, so that no check was judged" : why);
        }
        List<String> reasons = summary.reasons().isEmpty()
                ? of(summary.checks(), summary.health(), cutShort(data))
                        .reasons() // older versions did not store the reasons
                : summary.reasons();
        return new RunVerdict(summary.verdict(), summary.exitCode(), reasons);
    }

    /** The check results of a recorded run. On damaged data every check is inconclusive. */
    public static List<CheckResult> checks(RunData data) {
        Summary summary = data.summary();
        List<CheckResult> found = summary == null ? List.of() : summary.checks();
        return data.integrity().intact()
                ? found
                : found.stream()
                        .map(check -> check.inconclusive("the data are damaged"))
                        .toList();
    }

    /** Why a run did not reach its end, and how far it came; empty if it did. */
    public static String cutShort(RunData data) {
        String reach = ", its data reach " + Format.time(data.lastMs()) + " of "
                + Format.time(data.manifest().plannedMs());
        return switch (data.manifest().status()) {
            case Manifest.COMPLETE -> "";
            case Manifest.ABORTED -> "the run was ended early" + reach;
            case Manifest.RUNNING -> "the run is still going" + reach;
            default -> "the run crashed or was killed" + reach;
        };
    }

    /** Whether the check affects the verdict; other checks are only reported. */
    private static boolean decides(CheckResult check) {
        return check.severity().equals("fail");
    }

    /** The built-in checks that warn, which no reason has named. */
    private static List<String> warnings(List<CheckResult> checks) {
        String warned = ids(checks, VerdictPolicy::warnsBuiltIn);
        return warned.isEmpty() ? List.of() : List.of("warned: " + warned);
    }

    private static boolean warnsBuiltIn(CheckResult check) {
        return check.builtIn() && check.status() == Status.WARN;
    }

    private static String good(List<CheckResult> all) {
        List<CheckResult> checks =
                all.stream().filter(check -> !warnsBuiltIn(check)).toList();
        if (checks.isEmpty()) {
            List<String> parts = new ArrayList<>(List.of("the scenario has no checks"));
            parts.addAll(warnings(all));
            return String.join("; ", parts);
        }
        long passed =
                checks.stream().filter(check -> check.status() == Status.PASS).count();
        List<String> parts = new ArrayList<>();
        parts.add(
                passed < checks.size()
                        ? passed + " of " + checks.size() + " checks passed"
                        : passed == 1 ? "the one check passed" : "all " + passed + " checks passed");
        String unkept = ids(all, check -> check.status() == Status.WARN || check.status() == Status.INFO);
        if (!unkept.isEmpty()) {
            parts.add("warned: " + unkept);
        }
        String open = ids(checks, check -> check.status() == Status.INCONCLUSIVE);
        if (!open.isEmpty()) {
            parts.add("too little data for " + open);
        }
        checks.stream()
                .filter(check -> check.builtIn()
                        && check.status() == Status.PASS
                        && !check.why().isEmpty())
                .forEach(check -> parts.add(check.id() + ": " + check.why()));
        return String.join("; ", parts);
    }

    private static String ids(List<CheckResult> checks, Predicate<CheckResult> wanted) {
        return checks.stream().filter(wanted).map(VerdictPolicy::named).collect(Collectors.joining(", "));
    }

    /** A violated trend with its start: {@code uploads-slow-down (since 19 h 40 min)}; a built-in check with its explanation. */
    private static String named(CheckResult check) {
        if (check.builtIn() && !check.why().isEmpty()) {
            return check.id() + " (" + check.why() + ")";
        }
        TrendResult trend = check.trend();
        Long since = trend == null ? null : trend.sinceMs();
        boolean counts = check.status() != Status.PASS && check.status() != Status.INCONCLUSIVE;
        return counts && since != null ? check.id() + " (since " + Format.time(since) + ")" : check.id();
    }
}
