package dev.kilonode.simulator.run;

import java.nio.file.Path;

/**
 * Result of a run.
 *
 * @param words one line without the report's path, such as {@code 2 of 9 checks failed}
 * @param directory the run directory
 * @param report the HTML report
 * @param digest digest of all events; empty if the run was cut short
 */
public record RunResult(ExitCode exit, String words, Path directory, Path report, String digest) {}
