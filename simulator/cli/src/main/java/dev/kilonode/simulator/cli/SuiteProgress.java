package dev.kilonode.simulator.cli;

import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import java.util.Locale;

/**
 * Prints a line per run that ends. For a large suite it prints only some of those that pass and the first that do not, so that logs stay
 * short.
 */
final class SuiteProgress {
    private static final int LINES = 100;

    private final Console console;
    private final int planned;
    private final boolean quiet;
    private int faults;

    SuiteProgress(Console console, int planned, boolean quiet) {
        this.console = console;
        this.planned = planned;
        this.quiet = quiet;
    }

    void ended(SuiteRun run, long ended) {
        boolean passed = run.state() == State.PASS;
        int every = (planned + LINES - 1) / LINES;
        boolean shown = passed ? ended % every == 0 || ended == planned : faults++ < LINES / 2;
        if (quiet || !shown) return;
        console.err()
                .println(String.format(
                        Locale.ROOT,
                        "[%" + Integer.toString(planned).length() + "d/%d] %-12s  %s %s (%.1f s): %s",
                        ended,
                        planned,
                        run.state().word(),
                        run.scenario(),
                        run.id(),
                        run.wallMs() / 1e3,
                        run.words()));
    }
}
