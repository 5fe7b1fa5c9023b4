package dev.kilonode.simulator.cli;

import java.nio.file.Path;

/**
 * What carries out runs: the door from the command line to the harness. Methods throw {@link EnvironmentException} for what this
 * machine lacks; any other exception counts as a bug and ends with exit code 70.
 */
public interface Runner {
    /** Runs to the end, or until stopped. Returns once the run directory is complete. */
    RunResult run(RunRequest request) throws Exception;

    /** Makes the reports of a run directory again, from its data. Also of a run that was killed. */
    RunResult report(Path directory) throws Exception;
}
