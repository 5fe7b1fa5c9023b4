package dev.kilonode.simulator.cli;

import dev.kilonode.reports.model.PlainText;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.scenario.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Prints a line per run that ends, with the time that is left. For a large suite it prints only some of those that pass and the first that do
 * not, so that logs stay short. While no run ends it says now and then how far those are that are under way.
 */
final class SuiteProgress {
    private static final int LINES = 100;
    private static final int MOST_WORDS = 160;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Console console;
    private final int planned;
    private final boolean quiet;
    private final LongSupplier clock;
    private final long startNanos;
    private final double before;
    private double done;
    private long toldNanos;
    private int faults;

    /** @param before the runs that had ended before */
    SuiteProgress(Console console, int planned, long before, boolean quiet) {
        this(console, planned, before, quiet, System::nanoTime);
    }

    /** @param clock in ns */
    SuiteProgress(Console console, int planned, long before, boolean quiet, LongSupplier clock) {
        this.console = console;
        this.planned = planned;
        this.before = before;
        this.done = before;
        this.quiet = quiet;
        this.clock = clock;
        this.startNanos = clock.getAsLong();
        this.toldNanos = startNanos;
    }

    void ended(SuiteRun run, long ended) {
        done = Math.max(done, ended);
        boolean passed = run.state() == State.PASS;
        int every = (planned + LINES - 1) / LINES;
        boolean shown = passed ? ended % every == 0 || ended == planned : faults++ < LINES / 2;
        if (quiet || !shown) return;
        toldNanos = clock.getAsLong();
        console.err()
                .println(String.format(
                        Locale.ROOT,
                        "[%" + Integer.toString(planned).length() + "d/%d] %-12s  %s %s (%.1f s): %s%s",
                        ended,
                        planned,
                        run.state().word(),
                        run.scenario(),
                        run.id(),
                        run.wallMs() / 1e3,
                        PlainText.line(run.words(), MOST_WORDS),
                        ended == planned ? "" : left()));
    }

    /** @param underWay the share that is done of each run that is under way */
    void progress(long ended, List<Double> underWay) {
        done = ended + underWay.stream().mapToDouble(Double::doubleValue).sum();
        if (quiet || clock.getAsLong() - toldNanos < QUIET_NANOS) return;
        toldNanos = clock.getAsLong();
        String shares =
                underWay.stream().map(share -> Math.round(100 * share) + " %").collect(Collectors.joining(", "));
        console.err().println(ended + " of " + planned + " runs have ended, under way: " + shares + left());
    }

    /** {@code , 12m left}; empty while there is nothing to tell it from. */
    private String left() {
        double made = done - before;
        if (made <= 0) return "";
        double nanos = (clock.getAsLong() - startNanos) / made * (planned - done);
        long seconds = Math.max(1, Math.round(nanos / 1e9));
        long rounded = seconds < 120 ? seconds : seconds / 60 * 60;
        return ", about " + Durations.text(Duration.ofSeconds(rounded)) + " left";
    }
}
