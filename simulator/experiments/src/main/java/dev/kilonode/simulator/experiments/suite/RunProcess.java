package dev.kilonode.simulator.experiments.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.run.ProcessLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run in its own process, from its start to its result. One thread. */
final class RunProcess {

    private static final int MOST_WORDS = 500;

    /** On Unix a JVM, like a shell, exits with 128 plus the number of the signal. */
    private static final int SIGNALS = 128;

    /** The signals that a JVM raises itself: SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. */
    private static final Set<Integer> CRASHES = Set.of(4, 5, 6, 7, 8, 11);

    private static final int ENVIRONMENT = 4;

    private final PlannedRun planned;
    private final Process process;
    private final Path suiteDirectory;
    private final Path log;
    private final long startedNanos = System.nanoTime();
    private boolean stopRequested;
    private boolean overdue;

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
                planned.run().scenario(),
                planned.run().seed());
        Path log = logs.resolve(name);
        return new RunProcess(planned, processes.start(planned.arguments(), log), suiteDirectory, log);
    }

    PlannedRun planned() {
        return planned;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long wallNanos() {
        return System.nanoTime() - startedNanos;
    }

    /** Waits up to {@code millis} for the process to end. */
    void await(long millis) throws InterruptedException {
        boolean ignored = process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Asks the process to stop with a partial report, by closing its standard input. */
    void stop() {
        stopRequested = true;
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy(); // the pipe is broken, so the process is ending
        }
    }

    /** Kills a process that neither ended nor stopped in time. */
    void kill() {
        overdue = !stopRequested;
        process.destroyForcibly();
    }

    /** The result of the run; the process must have ended. */
    SuiteRun result() {
        int exit = process.exitValue() - ProcessLauncher.OWN;
        JsonNode output = output();
        Path run = output.path("directory").isTextual()
                ? Path.of(output.path("directory").asText())
                : directoryOf(process.pid());
        String directory = run == null
                ? null
                : suiteDirectory
                        .toAbsolutePath()
                        .normalize()
                        .relativize(run.toAbsolutePath().normalize())
                        .toString();
        long wallMs = wallNanos() / 1_000_000;
        String words = output.path("words").asText("");
        if (words.isEmpty()) words = lastLine();
        if (stopRequested) return ended(State.STOPPED, null, "stopped with the suite", directory, wallMs);
        if (overdue) return ended(State.FAIL, 1, "over its time budget, and had to be killed", directory, wallMs);
        return switch (exit) {
            case 0 -> ended(State.PASS, 0, words, directory, wallMs);
            case 1 -> ended(State.FAIL, 1, words, directory, wallMs);
            case 3 -> ended(State.INCONCLUSIVE, 3, words, directory, wallMs);
            case 2, 4, 5, 70 -> ended(State.ERROR, exit, words, directory, wallMs);
            case 130, 143 -> ended(State.FAIL, 1, killed(exit - SIGNALS), directory, wallMs);
            default -> died(process.exitValue(), directory, wallMs);
        };
    }

    /** The process ended without an exit code of ours: the JVM failed, or was killed. */
    private SuiteRun died(int exit, @Nullable String directory, long wallMs) {
        if (exit > SIGNALS && !CRASHES.contains(exit - SIGNALS)) {
            return ended(State.FAIL, 1, killed(exit - SIGNALS), directory, wallMs);
        }
        return ended(
                State.ERROR,
                ENVIRONMENT,
                "its JVM failed (exit " + exit + "): " + lastLine() + ", see " + log,
                directory,
                wallMs);
    }

    /** A run that was killed or cancelled from outside has failed. */
    private static String killed(int signal) {
        return "its process was ended by signal " + signal;
    }

    private SuiteRun ended(
            State state, @Nullable Integer exitCode, String words, @Nullable String directory, long wallMs) {
        return planned.run().with(state, exitCode, words, directory, wallMs);
    }

    private JsonNode output() {
        JsonMapper mapper = JsonMapper.builder().build();
        try {
            Path file = ProcessLauncher.output(log).toPath();
            JsonNode output = mapper.readTree(Files.readString(file));
            Files.delete(file);
            return output;
        } catch (IOException e) {
            return mapper.createObjectNode(); // killed before it could write anything
        }
    }

    private String lastLine() {
        try {
            List<String> lines = Files.readAllLines(log);
            String last = lines.isEmpty() ? "its process wrote nothing" : lines.get(lines.size() - 1);
            String plain = last.replaceFirst("^kilonode: \\S+ \\(exit \\d+\\): ", "");
            return plain.length() > MOST_WORDS ? plain.substring(0, MOST_WORDS) + "…" : plain;
        } catch (IOException e) {
            return "see " + log;
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
