package dev.kilonode.reports.model;

import dev.kilonode.reports.run.RunData;
import java.util.ArrayList;
import java.util.List;

/** The summary sentence of a report: what happened, and when. */
final class Headline {

    /** Relative change of a percentile below which the sentence calls it unchanged. It affects no verdict. */
    private static final double NOTABLE = 0.25;

    private Headline() {}

    static String sentence(RunData data, RunFacts facts) {
        if (data.series().isEmpty()) {
            return "nothing was measured";
        }
        var parts = new ArrayList<String>();
        uploads(facts, parts);
        frames(facts, parts);
        drops(facts, parts);
        timeouts(facts, parts);
        return String.join("; ", parts);
    }

    private static void uploads(RunFacts facts, List<String> to) {
        UploadStatistics uploads = facts.uploads();
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

    private static void frames(RunFacts facts, List<String> to) {
        double slow = facts.framesTooSlow();
        if (slow == 0) return;
        to.add(Format.count(slow) + " of " + count(facts.framesSent(), "frame")
                + " given up, as they did not cross within the time that their senders wait");
    }

    private static void drops(RunFacts facts, List<String> to) {
        if (facts.drops() > 0) {
            to.add(count(facts.drops(), "message") + " dropped, the first at " + Format.time(facts.firstDropMs()));
        } else if (facts.drops() == 0) {
            to.add("no drops");
        }
    }

    private static void timeouts(RunFacts facts, List<String> to) {
        if (facts.timeouts() > 0) {
            to.add(count(facts.timeouts(), "identity time-out") + ", the first by "
                    + Format.time(facts.firstTimeoutByMs()));
        } else if (facts.timeouts() == 0) {
            to.add("no identity time-outs");
        }
    }

    private static String count(double n, String thing) {
        return Format.count(n) + " " + thing + (n == 1 ? "" : "s");
    }
}
