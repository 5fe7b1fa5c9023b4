package dev.kilonode.simulator.experiments.suite;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.run.ProcessLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run in its own process, from its start to its result. One thread. */
final class RunProcess implements RunUnderWay {

    /** Of a log's name; a file system takes names of 255 bytes. */
    private static final int MOST_NAME = 120;

    private final PlannedRun planned;
    private final Process process;
    private final Path suiteDirectory;
    private final Path log;
    private final long startedNanos = System.nanoTime();
    private boolean stopRequested;
    private boolean overdue;
    private @Nullable RunOutcome outcome;

    private RunProcess(PlannedRun planned, Process process, Path suiteDirectory, Path log) {
        this.planned = planned;
        this.process = process;
        this.suiteDirectory = suiteDirectory;
        this.log = log;
    }

    static RunProcess start(PlannedRun planned, ProcessLauncher processes, Path suiteDirectory, int number)
            throws IOException {
        Path logs = Files.createDirectories(suiteDirectory.resolve("logs"));
        String name = String.format(
                Locale.ROOT,
                "%04d-%s-seed-%d.log",
                number,
                beginning(planned.run().scenario()),
                planned.run().seed());
        Path log = logs.resolve(name);
        return new RunProcess(planned, processes.start(planned.arguments(), log), suiteDirectory, log);
    }

    private static String beginning(String name) {
        return name.substring(0, Math.min(name.length(), MOST_NAME));
    }

    @Override
    public double done() {
        return new RunLog(log).done();
    }

    @Override
    public PlannedRun planned() {
        return planned;
    }

    /** Ends the process at once. Any thread. */
    void end() {
        process.destroyForcibly();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public long wallNanos() {
        return System.nanoTime() - startedNanos;
    }

    /** Waits up to {@code millis} for the process to end. */
    void await(long millis) throws InterruptedException {
        boolean ignored = process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Asks the process to stop with a partial report, by closing its standard input. */
    @Override
    public void stop() {
        stopRequested = true;
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy(); // the pipe is broken, so the process is ending
        }
    }

    @Override
    public void kill() {
        overdue = !stopRequested;
        process.destroyForcibly();
    }

    @Override
    public boolean wasLost() {
        return outcome().wasKilled() && !stopRequested && !overdue;
    }

    @Override
    public SuiteRun result() {
        RunOutcome outcome = outcome();
        Path run = outcome.output().path("directory").isTextual()
                ? Path.of(outcome.output().path("directory").asText())
                : directoryOf(process.pid());
        String directory = run == null
                ? null
                : suiteDirectory
                        .toAbsolutePath()
                        .normalize()
                        .relativize(run.toAbsolutePath().normalize())
                        .toString();
        long wallMs = wallNanos() / 1_000_000;
        SuiteRun planned = this.planned.run();
        if (stopRequested) return planned.with(State.STOPPED, null, "stopped with the suite", directory, wallMs);
        if (overdue)
            return planned.with(State.FAIL, 1, "over its time budget, and had to be killed", directory, wallMs);
        return outcome.of(planned, directory, wallMs, log.toString());
    }

    private RunOutcome outcome() {
        if (outcome == null) outcome = RunOutcome.of(process.exitValue(), output(), new RunLog(log).lastLine());
        return outcome;
    }

    private String output() {
        try {
            Path file = ProcessLauncher.output(log).toPath();
            String output = Files.readString(file);
            Files.delete(file);
            return output;
        } catch (IOException e) {
            return ""; // killed before it could write anything
        }
    }

    /** The run directory that the process {@code pid} wrote; the newest if there are several, since process ids are reused. */
    private @Nullable Path directoryOf(long pid) {
        try (Stream<Path> files = Files.find(
                suiteDirectory, 3, (path, attributes) -> path.endsWith("manifest.json") && wroteBy(path, pid))) {
            return files.map(Path::getParent)
                    .max((a, b) -> a.getFileName().compareTo(b.getFileName()))
                    .orElse(null);
        } catch (IOException | UncheckedIOException e) {
            return null; // a file was removed meanwhile, since other runs of the suite write theirs
        }
    }

    private static boolean wroteBy(Path manifest, long pid) {
        try {
            return JsonMapper.builder()
                            .build()
                            .readTree(Files.readString(manifest))
                            .path("pid")
                            .asLong()
                    == pid;
        } catch (IOException e) {
            return false;
        }
    }
}
