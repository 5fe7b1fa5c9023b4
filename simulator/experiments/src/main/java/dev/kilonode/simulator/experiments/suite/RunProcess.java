package dev.kilonode.simulator.experiments.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
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

/** One run in its process, from its start to what came of it. One thread. */
final class RunProcess {

    private static final int MOST_WORDS = 500;

    /** On Unix a JVM, as a shell, says 128 and the number of the signal. */
    private static final int SIGNALS = 128;

    /** The signals that a JVM gives itself: SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. */
    private static final Set<Integer> CRASHES = Set.of(4, 5, 6, 7, 8, 11);

    private static final int ENVIRONMENT = 4;

    private final PlannedRun planned;
    private final Process process;
    private final Path suiteDirectory;
    private final Path log;
    private final long startedNanos = System.nanoTime();
    private boolean told;
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

    boolean lives() {
        return process.isAlive();
    }

    long wallNanos() {
        return System.nanoTime() - startedNanos;
    }

    /** Waits a moment for the process to end. */
    void await(long millis) throws InterruptedException {
        boolean ignored = process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Asks it to end with a partial report: its standard input ends. */
    void stop() {
        told = true;
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy(); // the pipe is broken, so it is gone or about to go
        }
    }

    /** It neither ended nor stopped in its time. */
    void kill() {
        overdue = !told;
        process.destroyForcibly();
    }

    /** What came of the run whose process has ended. */
    SuiteRun result() {
        int exit = process.exitValue() - ProcessLauncher.OWN;
        JsonNode said = said();
        Path run = said.path("directory").isTextual()
                ? Path.of(said.path("directory").asText())
                : directoryOf(process.pid());
        String directory = run == null
                ? null
                : suiteDirectory
                        .toAbsolutePath()
                        .normalize()
                        .relativize(run.toAbsolutePath().normalize())
                        .toString();
        long wallMs = wallNanos() / 1_000_000;
        String words = said.path("words").asText("");
        if (words.isEmpty()) words = lastLine();
        if (told) return ended(State.STOPPED, null, "stopped with the suite", directory, wallMs);
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

    /** Without a word of ours: the JVM failed by itself, or somebody killed it. */
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

    /** Nobody asked it to end: a run that somebody killed or cancelled has failed. */
    private static String killed(int signal) {
        return "its process was ended by signal " + signal;
    }

    private SuiteRun ended(
            State state, @Nullable Integer exitCode, String words, @Nullable String directory, long wallMs) {
        return planned.run().with(state, exitCode, words, directory, wallMs);
    }

    private JsonNode said() {
        JsonMapper mapper = JsonMapper.builder().build();
        try {
            Path output = ProcessLauncher.output(log).toPath();
            JsonNode said = mapper.readTree(Files.readString(output));
            Files.delete(output);
            return said;
        } catch (IOException e) {
            return mapper.createObjectNode(); // it was killed before it could say anything
        }
    }

    private String lastLine() {
        try {
            List<String> lines = Files.readAllLines(log);
            String last = lines.isEmpty() ? "its process said nothing" : lines.get(lines.size() - 1);
            String plain = last.replaceFirst("^kilonode: \\S+ \\(exit \\d+\\): ", "");
            return plain.length() > MOST_WORDS ? plain.substring(0, MOST_WORDS) + "…" : plain;
        } catch (IOException e) {
            return "see " + log;
        }
    }

    /** The run directory that the process with number {@code pid} wrote; of several the newest, since numbers come again. */
    private @Nullable Path directoryOf(long pid) {
        try (Stream<Path> files = Files.find(
                suiteDirectory, 3, (path, attributes) -> path.endsWith("manifest.json") && wroteBy(path, pid))) {
            return files.map(Path::getParent)
                    .max((a, b) -> a.getFileName().compareTo(b.getFileName()))
                    .orElse(null);
        } catch (IOException | UncheckedIOException e) {
            return null; // a file went away while others of the suite wrote theirs
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
