package dev.kilonode.junit;

import dev.kilonode.reports.model.Format;
import java.time.Duration;

/** Assertions on one statistic of a latency. */
public final class LatencyAssert {

    private final TestnetRun run;
    private final String metric;
    private final String stat;

    LatencyAssert(TestnetRun run, String metric, String stat) {
        this.run = run;
        this.metric = metric;
        this.stat = stat;
    }

    /** No longer, over the whole run. */
    public LatencyAssert isAtMost(Duration most) {
        return check(millis() <= toMillis(most), "at most " + Format.latency(toMillis(most)));
    }

    /** No shorter, over the whole run. */
    public LatencyAssert isAtLeast(Duration least) {
        return check(millis() >= toMillis(least), "at least " + Format.latency(toMillis(least)));
    }

    /**
     * The run does not get worse: the median window of its last quarter is above that of its first by less than the given share.
     * Fails too where the windows are too few to say.
     */
    public LatencyAssert growsLessThan(double amount, Share unit) {
        Growth growth = Growth.of(run.course(metric, stat));
        if (!growth.known()) {
            throw run.failure(name() + ": too little data to say how it grows: " + growth.windows()
                    + " windows have a value, at least " + Growth.FEWEST_WINDOWS
                    + " are needed; write a longer duration or a shorter metrics.window");
        }
        if (!(growth.ratio() < unit.ratio(amount))) {
            throw run.failure(name() + " grew by " + Format.percent(growth.ratio()) + ", from "
                    + Format.latency(growth.first()) + " in the first quarter to " + Format.latency(growth.last())
                    + " in the last, expected less than " + Format.percent(unit.ratio(amount)));
        }
        return this;
    }

    private String name() {
        return metric + " " + stat;
    }

    private double millis() {
        return run.number(metric + "." + stat);
    }

    private LatencyAssert check(boolean holds, String expected) {
        if (holds) return this;
        String actual = Double.isNaN(millis()) ? "has no data" : "was " + Format.latency(millis());
        throw run.failure(name() + " " + actual + ", expected " + expected);
    }

    private static double toMillis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
