package dev.kilonode.reports.suite;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run of a suite.
 *
 * @param scenario     name of the scenario
 * @param file         its file, as given on the command line
 * @param scenarioHash hash of the resolved scenario, its seed included
 * @param seed         seed of the run
 * @param repetition   1 for the first run of this scenario and seed
 * @param state        what came of it
 * @param exitCode     what it counts as, by the exit codes of the command line; null until it has ended
 * @param words        one line for a person
 * @param directory    run directory, relative to the suite's; null while there is none
 * @param wallMs       how long its process lived
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
        long wallMs) {

    /** What came of a run. */
    public enum State {
        /** Its turn has not come. */
        @JsonProperty("waiting")
        WAITING,
        /** Its process lives. */
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("pass")
        PASS,
        /** A check failed, or the run hit its time budget, or its process was killed. */
        @JsonProperty("fail")
        FAIL,
        /** Too little data. */
        @JsonProperty("inconclusive")
        INCONCLUSIVE,
        /** It could not be judged: a wrong scenario, a lacking machine, a bug. */
        @JsonProperty("error")
        ERROR,
        /** The suite was stopped while it ran. */
        @JsonProperty("stopped")
        STOPPED;

        /** The word in the file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the run went to an end of its own. */
        public boolean ended() {
            return this != WAITING && this != RUNNING && this != STOPPED;
        }
    }

    /** {@code seed 7}, {@code seed 7, repetition 2}: the same in every output and from suite to suite. */
    public String id() {
        return "seed " + seed + (repetition > 1 ? ", repetition " + repetition : "");
    }

    /** A run whose turn has not come. */
    public static SuiteRun waiting(String scenario, String file, String scenarioHash, long seed, int repetition) {
        return new SuiteRun(scenario, file, scenarioHash, seed, repetition, State.WAITING, null, "not run", null, 0);
    }

    /** The same with another state. */
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
                newWallMs);
    }
}
