package dev.kilonode.simulator.experiments.suite;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How to start this program again in a process of its own: the same JVM, options and classes, its share of the heap.
 *
 * @param mainClass what to start
 * @param heapMiB   heap of each process
 */
public record ProcessLauncher(String mainClass, long heapMiB) {

    /** Of this property a child learns that its standard input ends when it is to stop, also because its parent is gone. */
    public static final String PARENT = "kilonode.parent";

    /**
     * What our program adds to its exit code when somebody who knows of this awaits it: a JVM that does not start, or whose memory ends, exits with 1
     * as well, and must not be taken for a run that failed.
     */
    public static final int OWN = 100;

    /** These change what is run; the rest of the {@code KILONODE_} variables is the suite's own and would be obeyed twice. */
    private static final Set<String> FOR_RUNS =
            Set.of("KILONODE_SET", "KILONODE_CLOCK", "KILONODE_DURATION", "KILONODE_SCALE", "KILONODE_REAL_CRYPTO");

    /** The suite itself reports to the job. */
    private static final Set<String> FOR_THE_JOB = Set.of("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY");

    /**
     * Starts a process.
     *
     * @param log where its standard error goes; its standard output goes beside it, to {@code .json}
     */
    Process start(List<String> arguments, Path log) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (isForChildren(option)) line.add(option);
        }
        line.addAll(List.of(
                "-Xmx" + heapMiB + "m",
                "-Djava.awt.headless=true",
                "-D" + PARENT + "=stdin",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        line.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectError(log.toFile()).redirectOutput(output(log));
        builder.environment()
                .keySet()
                .removeIf(name ->
                        (name.startsWith("KILONODE_") && !FOR_RUNS.contains(name)) || FOR_THE_JOB.contains(name));
        return builder.start();
    }

    static File output(Path log) {
        return new File(log + ".json");
    }

    /** Not the heap, which is shared out, nor agents, whose files and ports are taken. */
    private static boolean isForChildren(String option) {
        return (option.startsWith("-XX:") && !option.contains("RAMPercentage") && !option.contains("Dump"))
                || option.startsWith("--")
                || option.startsWith("-Xss");
    }
}
