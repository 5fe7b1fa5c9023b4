package dev.kilonode.simulator.cli;

import java.nio.file.Path;

/** Stands where the harness will: every command but those that run works without it. */
final class NoRunner implements Runner {
    @Override
    public RunResult run(RunRequest request) {
        throw new EnvironmentException("this build has no harness to run scenarios with");
    }

    @Override
    public RunResult report(Path directory) {
        throw new EnvironmentException("this build has no harness to make reports with");
    }
}
