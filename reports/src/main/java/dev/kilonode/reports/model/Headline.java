package dev.kilonode.reports.model;

import dev.kilonode.reports.run.RunData;
import java.util.ArrayList;
import java.util.List;

/** The one sentence a stranger reads: what happened, and when. */
final class Headline {

    /** Relative change of a percentile below which it counts as unchanged; for the wording only, no verdict hangs on it. */
    private static final double NOTABLE = 0.25;

    private Headline() {}

    static String sentence(RunData data, RunFacts problems) {
        if (data.series().isEmpty()) {
            return "nothing was measured";
        }
        var parts = new ArrayList<String>();
        uploads(problems, parts);
        drops(problems, parts);
        timeouts(problems, parts);
        return String.join("; ", parts);
    }

    private static void uploads(RunFacts problems, List<String> to) {
        UploadStatistics uploads = problems.uploads();
        UploadStatistics.Period first = uploads.first();
        UploadStatistics.Period last = uploads.last();
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

    private static void drops(RunFacts problems, List<String> to) {
        if (problems.drops() > 0) {
            to.add(count(problems.drops(), "message") + " dropped, the first at "
                    + Format.time(problems.firstDropMs()));
        } else if (problems.drops() == 0) {
            to.add("no drops");
        }
    }

    private static void timeouts(RunFacts problems, List<String> to) {
        if (problems.timeouts() > 0) {
            to.add(count(problems.timeouts(), "identity time-out") + ", the first by "
                    + Format.time(problems.firstTimeoutByMs()));
        } else if (problems.timeouts() == 0) {
            to.add("no identity time-outs");
        }
    }

    private static String count(double n, String thing) {
        return Format.count(n) + " " + thing + (n == 1 ? "" : "s");
    }
}
