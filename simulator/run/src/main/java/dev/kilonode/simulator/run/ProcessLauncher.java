package dev.kilonode.simulator.run;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Starts this program in a process of its own: the same JVM, options and classes, with its share of the heap.
 *
 * @param mainClass class to start
 * @param heapMiB heap of each process
 * @param threads the threads that a process may use for a run of its own, 1 or more
 */
public record ProcessLauncher(String mainClass, long heapMiB, int threads) {

    /** System property that tells a child to stop when its standard input ends, which also happens when its parent has died. */
    public static final String PARENT = "kilonode.parent";

    /** System property of a child: the threads that it may use for a run. */
    private static final String THREADS = "kilonode.threads";

    /**
     * Offset of our exit codes when the parent waits for this process. A JVM that fails to start or runs out of memory exits with 1,
     * which must not be confused with a failed run.
     */
    public static final int OWN = 100;

    /** Variables that change the run; all other {@code KILONODE_} variables are for the suite, and would apply twice. */
    private static final Set<String> FOR_RUNS =
            Set.of("KILONODE_SET", "KILONODE_CLOCK", "KILONODE_DURATION", "KILONODE_SCALE", "KILONODE_REAL_CRYPTO");

    /** The suite itself reports to the CI job. */
    private static final Set<String> FOR_THE_JOB = Set.of("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY");

    /**
     * Starts a process.
     *
     * @param log file of its standard error; its standard output goes to the same name with {@code .json}
     */
    public Process start(List<String> arguments, Path log) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (isForChildren(option)) line.add(option);
        }
        line.addAll(List.of(
                "-Xmx" + heapMiB + "m",
                "-Djava.awt.headless=true",
                "-D" + PARENT + "=stdin",
                "-D" + THREADS + "=" + threads,
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

    /** The threads that this process may use for a run: those that its parent allows, or one per core. */
    public static int ownThreads() {
        return Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors());
    }

    /** The file of a process's standard output. */
    public static File output(Path log) {
        return new File(log + ".json");
    }

    /** Whether children inherit an option: not the heap size, which is divided, nor agents, whose files and ports are in use. */
    private static boolean isForChildren(String option) {
        return (option.startsWith("-XX:") && !option.contains("RAMPercentage") && !option.contains("Dump"))
                || option.startsWith("--")
                || option.startsWith("-Xss");
    }
}
