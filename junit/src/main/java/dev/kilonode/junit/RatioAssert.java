package dev.kilonode.junit;

import dev.kilonode.reports.model.Format;

/** Assertions on the share of a whole that something makes up. */
public final class RatioAssert {

    private final TestnetRun run;
    private final String metric;
    private final String whole;

    RatioAssert(TestnetRun run, String metric, String whole) {
        this.run = run;
        this.metric = metric;
        this.whole = whole;
    }

    /** {@code isAtMost(5, PERCENT)}. */
    public RatioAssert isAtMost(double amount, Share unit) {
        return check(value() <= unit.ratio(amount), "at most " + Format.percent(unit.ratio(amount)));
    }

    /** {@code isAtLeast(5, PERCENT)}. */
    public RatioAssert isAtLeast(double amount, Share unit) {
        return check(value() >= unit.ratio(amount), "at least " + Format.percent(unit.ratio(amount)));
    }

    /** NaN where there is no whole. */
    private double value() {
        double all = run.count(whole);
        return all > 0 ? run.count(metric) / all : Double.NaN;
    }

    private RatioAssert check(boolean holds, String expected) {
        if (holds) return this;
        String actual = Double.isNaN(value())
                ? "has no ratio, since there were no " + whole
                : "was " + Format.percent(value()) + " of " + whole;
        throw run.failure(metric + " " + actual + ", expected " + expected);
    }
}
