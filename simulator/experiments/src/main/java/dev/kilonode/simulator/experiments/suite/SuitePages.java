package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.render.html.SuitePage;
import dev.kilonode.reports.render.text.GridText;
import dev.kilonode.reports.suite.Grid;
import dev.kilonode.reports.suite.GridReader;
import dev.kilonode.reports.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Writes what a suite's runs have measured: {@code suite.html}, {@code runs.csv}. One thread. */
public final class SuitePages {

    /** The page. */
    public static final String PAGE = "suite.html";

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path directory;
    private final GridReader results;
    private long writtenNanos;
    private boolean written;

    public SuitePages(Path directory) {
        this.directory = directory;
        this.results = new GridReader(directory);
    }

    /** Writes the files as the suite is now; returns what it has measured. */
    public Grid write(Suite suite) throws IOException {
        Grid grid = results.of(suite);
        Suite.replace(directory.resolve("runs.csv"), GridText.csv(suite, grid, results));
        Suite.replace(directory.resolve(PAGE), SuitePage.of(suite, grid));
        writtenNanos = System.nanoTime();
        written = true;
        return grid;
    }

    /** Writes them if the last time was a while ago: a large suite has many runs that end, and each would write all. */
    public void writeNowAndThen(Suite suite) throws IOException {
        if (written && System.nanoTime() - writtenNanos < INTERVAL_NANOS) return;
        Grid ignored = write(suite);
    }
}
