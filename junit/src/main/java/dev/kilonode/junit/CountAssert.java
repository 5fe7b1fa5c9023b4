package dev.kilonode.junit;

import dev.kilonode.reports.model.Format;

/** Assertions on how often something happened in the whole run. */
public final class CountAssert {

    private final TestnetRun run;
    private final String metric;

    CountAssert(TestnetRun run, String metric) {
        this.run = run;
        this.metric = metric;
    }

    /** No more often. */
    public CountAssert isAtMost(long most) {
        return check(value() <= most, "at most " + Format.count(most));
    }

    /** No less often. */
    public CountAssert isAtLeast(long least) {
        return check(value() >= least, "at least " + Format.count(least));
    }

    /** Never. */
    public CountAssert isZero() {
        return check(value() == 0, "none");
    }

    private double value() {
        return run.count(metric);
    }

    private CountAssert check(boolean holds, String expected) {
        if (holds) return this;
        String actual = Double.isNaN(value()) ? "was not counted" : "was " + Format.count(value());
        throw run.failure(metric + " " + actual + ", expected " + expected);
    }
}
