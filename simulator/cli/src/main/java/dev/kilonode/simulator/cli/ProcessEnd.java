package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.ProcessLauncher;
import dev.kilonode.simulator.run.ProcessOwner;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Ends this process with the right exit code; nothing else may call {@code System.exit} or {@code halt}. */
final class ProcessEnd {

    /** System property with the process id of the launcher, {@code ./kilonode}, which waits for this process. */
    private static final String LAUNCHER = "kilonode.launcher";

    private static final long LOOK_MILLIS = 100;

    /** With a smaller heap the JVM spends minutes on garbage collection only. */
    private static final int LEAST_MIB = 12;

    /** Created while there is memory. */
    private static final byte[] NO_MEMORY = bytes(EnvironmentFailure.NO_MEMORY);

    private ProcessEnd() {}

    /** Ends this process if a run hangs in it. */
    static ProcessOwner owner(Console console) {
        return new ProcessOwner() {
            @Override
            public void say(ExitCode exit, String words, @Nullable Path report) {
                console.out().flush();
                // not System.err, whose lock the run may hold
                PrintStream err =
                        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
                err.println(new CommandResult(exit, words, report).line());
            }

            @Override
            public void halt(ExitCode exit) {
                ProcessEnd.halt(exit);
            }

            @Override
            public void halt(Throwable failure) {
                ProcessEnd.halt(failure);
            }
        };
    }

    /** Exits in order, with shutdown hooks. */
    static void exit(ExitCode exit) {
        System.exit(number(exit));
    }

    /** Ends the process at once, whatever its threads do. */
    static void halt(ExitCode exit) {
        Runtime.getRuntime().halt(number(exit));
    }

    /** Ends the process after a failure for which even {@link Main} could not make a message. */
    static void halt(Throwable failure) {
        byte[] line = NO_MEMORY;
        try {
            String words = EnvironmentFailure.words(failure);
            line = bytes(words == null ? "Java failed: " + failure : words);
        } catch (RuntimeException | Error e) {
            // no memory left for other words
        }
        try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
            err.write(line);
        } catch (IOException | Error e) {
            // only the exit code is left
        }
        halt(ExitCode.ENVIRONMENT);
    }

    /** Ends the process if the heap is too small to report an error later. */
    static void needMemory() {
        long mib = Runtime.getRuntime().maxMemory() >> 20;
        if (mib < LEAST_MIB) halt(new OutOfMemoryError("a heap of " + mib + " MiB"));
    }

    private static byte[] bytes(String words) {
        return (new CommandResult(ExitCode.ENVIRONMENT, words).line() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Ends this process when its launcher dies, since a killed launcher cannot forward the signal. */
    static void withLauncher() {
        String launcher = System.getProperty(LAUNCHER);
        if (launcher == null) return;
        Thread thread = new Thread(() -> watch(launcher), "kilonode-launcher");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch(String launcher) {
        while (ProcessHandle.current()
                .parent()
                .map(parent -> Long.toString(parent.pid()))
                .orElse("none")
                .equals(launcher)) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
        halt(ExitCode.TERMINATED);
    }

    /**
     * Adds {@link ProcessLauncher#OWN} for the launcher and for suites, which use it to distinguish our exit codes from those of a JVM
     * that failed.
     */
    private static int number(ExitCode exit) {
        boolean awaited = System.getProperty(LAUNCHER) != null || System.getProperty(ProcessLauncher.PARENT) != null;
        return exit.number() + (awaited ? ProcessLauncher.OWN : 0);
    }
}
