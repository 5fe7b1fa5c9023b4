package dev.kilonode.simulator.experiments.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.run.ProcessLauncher;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a run leaves when it ends.
 *
 * @param exit exit value of the process
 * @param output the JSON that it has written to standard output; an empty object if none
 * @param lastLine the last line of its log
 */
record RunOutcome(int exit, JsonNode output, String lastLine) {

    private static final int MOST_WORDS = 500;

    /** On Unix a JVM, like a shell, exits with 128 plus the number of the signal. */
    private static final int SIGNALS = 128;

    private static final int SIGKILL = 9;

    /** The signals that a JVM raises itself: SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. */
    private static final Set<Integer> CRASHES = Set.of(4, 5, 6, 7, 8, 11);

    private static final int ENVIRONMENT = 4;

    /** @param output as the process has written it */
    static RunOutcome of(int exit, String output, String lastLine) {
        JsonMapper mapper = JsonMapper.builder().build();
        JsonNode read;
        try {
            read = mapper.readTree(output);
        } catch (JsonProcessingException e) {
            read = mapper.createObjectNode(); // killed while it wrote
        }
        return new RunOutcome(exit, read.isObject() ? read : mapper.createObjectNode(), lastLine);
    }

    /** Whether somebody has killed the process. */
    boolean wasKilled() {
        return exit == SIGNALS + SIGKILL;
    }

    /**
     * The result of a run.
     *
     * @param directory its folder, relative to the suite's; null if there is none
     * @param log where to look if its JVM failed
     */
    SuiteRun of(SuiteRun run, @Nullable String directory, long wallMs, String log) {
        String words = output.path("words").asText("");
        if (words.isEmpty()) words = plain(lastLine);
        int own = exit - ProcessLauncher.OWN;
        return switch (own) {
            case 0 -> run.with(State.PASS, 0, words, directory, wallMs);
            case 1 -> run.with(State.FAIL, 1, words, directory, wallMs);
            case 3 -> run.with(State.INCONCLUSIVE, 3, words, directory, wallMs);
            case 2, 4, 5, 70 -> run.with(State.ERROR, own, words, directory, wallMs);
            case 130, 143 -> run.with(State.FAIL, 1, ended(own - SIGNALS), directory, wallMs);
            default -> died(run, directory, wallMs, log);
        };
    }

    /** The process ended without an exit code of ours: the JVM failed, or was killed. */
    private SuiteRun died(SuiteRun run, @Nullable String directory, long wallMs, String log) {
        if (exit > SIGNALS && !CRASHES.contains(exit - SIGNALS)) {
            return run.with(State.FAIL, 1, ended(exit - SIGNALS), directory, wallMs);
        }
        String words = "its JVM failed (exit " + exit + "): " + plain(lastLine) + ", see " + log;
        return run.with(State.ERROR, ENVIRONMENT, words, directory, wallMs);
    }

    /** A run that was killed or cancelled from outside has failed. */
    private static String ended(int signal) {
        return "its process was ended by signal " + signal;
    }

    private static String plain(String line) {
        if (line.isEmpty()) return "its process wrote nothing";
        String plain = line.replaceFirst("^kilonode: \\S+ \\(exit \\d+\\): ", "");
        return plain.length() > MOST_WORDS ? plain.substring(0, MOST_WORDS) + "…" : plain;
    }
}
