package dev.kilonode.simulator.run;

import java.nio.file.Path;

/** Executes runs. Methods throw {@link EnvironmentException} for resources that this machine lacks; any other exception is a bug. */
public interface Runner {
    /**
     * Runs to the end, or until stopped. Returns once the run directory is complete.
     *
     * @param progress called at least every 250 ms of real time, on the calling thread
     * @param stop polled at least every second; once requested, a partial report is written within 30 s
     */
    RunResult run(RunSpec spec, ProgressListener progress, StopSignal stop) throws Exception;

    /** Makes the reports of a run directory again, from its data; also of a run that was killed. */
    RunResult report(Path directory) throws Exception;
}
