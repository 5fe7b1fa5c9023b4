package dev.kilonode.reports.story;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The one sentence a stranger reads: what happened, and when. */
final class Headline {

    /** Relative change of a percentile below which it counts as unchanged; for the wording only, no verdict hangs on it. */
    private static final double NOTABLE = 0.25;

    private Headline() {}

    static String verdict(RunData data) {
        Summary summary = data.summary();
        return switch (data.manifest().status()) {
            case Manifest.CRASHED -> "CRASHED";
            case Manifest.ABORTED -> "ABORTED";
            case Manifest.RUNNING -> "RUNNING";
            default ->
                summary == null || !data.integrity().intact()
                        ? "INCONCLUSIVE"
                        : summary.verdict().name().toUpperCase(Locale.ROOT);
        };
    }

    static String sentence(RunData data, Findings findings) {
        if (!data.integrity().intact()) {
            return "the data decide nothing, they are " + data.integrity().words();
        }
        if (data.series().isEmpty()) {
            return "nothing was measured, so there is nothing to judge";
        }
        var parts = new ArrayList<String>();
        uploads(findings, parts);
        drops(findings, parts);
        timeouts(findings, parts);
        checks(data, parts);
        return String.join("; ", parts);
    }

    private static void uploads(Findings findings, List<String> to) {
        Uploads uploads = findings.uploads();
        Uploads.Stretch first = uploads.first();
        Uploads.Stretch last = uploads.last();
        if (first != null && last != null && first.p95() > 0) {
            String[] both = Format.latencies(first.p95(), last.p95());
            String from = both[0];
            String until = both[1];
            double change = last.p95() / first.p95() - 1;
            if (change > NOTABLE) {
                to.add("upload p95 rose from " + from + " to " + until);
            } else if (change < -NOTABLE / (1 + NOTABLE)) {
                to.add("upload p95 fell from " + from + " to " + until);
            } else {
                to.add("upload p95 stayed about the same (" + from + " at first, " + until + " at last)");
            }
        } else if (uploads.succeeded() + uploads.failed() == 0) {
            to.add(
                    uploads.running() == 0
                            ? "no upload began"
                            : "no upload ended, " + Format.count(uploads.running()) + " were running");
        }
        if (uploads.failed() > 0) {
            to.add(Format.count(uploads.failed()) + " of " + count(uploads.failed() + uploads.succeeded(), "upload")
                    + " failed");
        }
    }

    private static void drops(Findings findings, List<String> to) {
        if (findings.drops() > 0) {
            to.add(count(findings.drops(), "message") + " dropped, the first at "
                    + Format.time(findings.firstDropMs()));
        } else if (findings.drops() == 0) {
            to.add("no drops");
        }
    }

    private static void timeouts(Findings findings, List<String> to) {
        if (findings.timeouts() > 0) {
            to.add(count(findings.timeouts(), "identity time-out") + ", the first by "
                    + Format.time(findings.firstTimeoutByMs()));
        } else if (findings.timeouts() == 0) {
            to.add("no identity time-outs");
        }
    }

    private static void checks(RunData data, List<String> to) {
        Summary summary = data.summary();
        if (summary == null) {
            return;
        }
        List<CheckResult> checks = summary.checks();
        if (checks.isEmpty()) {
            to.add("no checks were made");
            return;
        }
        long failed = checks.stream().filter(c -> c.status() == Status.FAIL).count();
        long unclear =
                checks.stream().filter(c -> c.status() == Status.INCONCLUSIVE).count();
        if (failed > 0) {
            to.add(failed + " of " + count(checks.size(), "check") + " failed");
        }
        if (unclear > 0) {
            to.add(unclear + " of " + count(checks.size(), "check") + " inconclusive");
        }
        long warned = checks.stream()
                .filter(c -> c.status() == Status.WARN || c.status() == Status.INFO)
                .count();
        if (warned > 0) {
            to.add(warned + " of " + count(checks.size(), "check") + " warned");
        }
        if (failed + unclear + warned == 0) {
            to.add(checks.size() == 1 ? "the one check passed" : "all " + checks.size() + " checks passed");
        }
    }

    private static String count(double n, String thing) {
        return Format.count(n) + " " + thing + (n == 1 ? "" : "s");
    }
}
