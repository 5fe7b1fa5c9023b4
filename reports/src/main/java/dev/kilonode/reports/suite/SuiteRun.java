package dev.kilonode.reports.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run of a suite.
 *
 * @param scenario name of the scenario
 * @param file its file, as given on the command line
 * @param scenarioHash hash of the resolved scenario, including the seed
 * @param seed seed of the run
 * @param repetition 1 for the first run of this scenario and seed
 * @param state state of the run
 * @param exitCode exit code that the run counts as; null until it has ended
 * @param words result in one line
 * @param directory run directory, relative to the suite's; null while there is none
 * @param wallMs lifetime of its process
 * @param point its value on each axis of the suite; empty if the suite has none
 */
public record SuiteRun(
        String scenario,
        String file,
        String scenarioHash,
        long seed,
        int repetition,
        @JsonProperty("outcome") State state,
        @Nullable Integer exitCode,
        String words,
        @Nullable String directory,
        long wallMs,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> point) {

    public SuiteRun {
        point = point == null ? List.of() : List.copyOf(point); // a file written before there were axes has none
    }

    /** State of a run. */
    public enum State {
        /** It has not started. */
        @JsonProperty("waiting")
        WAITING,
        /** Its process is running. */
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("pass")
        PASS,
        /** A check failed, the run exceeded its time budget, or its process was killed. */
        @JsonProperty("fail")
        FAIL,
        /** Too few data. */
        @JsonProperty("inconclusive")
        INCONCLUSIVE,
        /** It could not be judged: an invalid scenario, an unsuitable machine, a bug. */
        @JsonProperty("error")
        ERROR,
        /** The suite was stopped during the run. */
        @JsonProperty("stopped")
        STOPPED;

        /** The word in the file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the run ended by itself. */
        public boolean ended() {
            return this != WAITING && this != RUNNING && this != STOPPED;
        }
    }

    /** {@code seed 7}, {@code seed 7, repetition 2}: the same in every output of every suite. */
    public String id() {
        return "seed " + seed + (repetition > 1 ? ", repetition " + repetition : "");
    }

    /** A run that has not started. */
    public static SuiteRun waiting(String scenario, String file, String scenarioHash, long seed, int repetition) {
        return new SuiteRun(
                scenario, file, scenarioHash, seed, repetition, State.WAITING, null, "not run", null, 0, List.of());
    }

    /** The same run at a point of the suite's axes. */
    public SuiteRun at(List<String> newPoint) {
        return new SuiteRun(
                scenario, file, scenarioHash, seed, repetition, state, exitCode, words, directory, wallMs, newPoint);
    }

    /** Identifies what is run, whatever came of it and wherever its file lies. */
    public String identity() {
        return scenario + '\n' + scenarioHash + '\n' + seed + '\n' + repetition + '\n';
    }

    /** The same run in another state. */
    public SuiteRun with(
            State newState,
            @Nullable Integer newExitCode,
            String newWords,
            @Nullable String newDirectory,
            long newWallMs) {
        return new SuiteRun(
                scenario,
                file,
                scenarioHash,
                seed,
                repetition,
                newState,
                newExitCode,
                newWords,
                newDirectory,
                newWallMs,
                point);
    }
}
