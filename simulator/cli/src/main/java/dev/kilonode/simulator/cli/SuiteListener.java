package dev.kilonode.simulator.cli;

import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.simulator.experiments.suite.SuiteExecution;
import dev.kilonode.simulator.run.RunResult;
import dev.kilonode.simulator.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What happens while the runs of a suite, a sweep or a forecast are made. */
final class SuiteListener implements SuiteExecution.Listener {

    /** Writes results so far. */
    interface Results {
        void write() throws IOException;
    }

    private final Runner runner;
    private final Path directory;
    private final SuiteProgress progress;
    private final Console console;
    private final Results results;

    /**
     * @param runner makes the reports of runs that were killed
     * @param directory the suite's folder
     * @param results written after each run
     */
    SuiteListener(Runner runner, Path directory, SuiteProgress progress, Console console, Results results) {
        this.runner = runner;
        this.directory = directory;
        this.progress = progress;
        this.console = console;
        this.results = results;
    }

    @Override
    public void ended(SuiteRun run, long ended, int planned) throws IOException {
        reportIfKilled(run);
        progress.ended(run, ended);
        results.write();
    }

    @Override
    public void again(SuiteRun run) {
        console.err().println(run.scenario() + " " + run.id() + ": " + run.words() + "; it is made again");
    }

    @Override
    public void progress(long ended, List<Double> underWay) {
        progress.progress(ended, underWay);
    }

    /** Makes the report of a run that was killed; a run that ended by itself has made its own. */
    private void reportIfKilled(SuiteRun run) {
        String name = run.directory();
        if (name == null || Files.exists(directory.resolve(name).resolve("report.html"))) return;
        try {
            RunResult ignored = runner.report(directory.resolve(name));
        } catch (Exception e) {
            console.err().println("kilonode: no report of " + name + ": " + e);
        }
    }
}
