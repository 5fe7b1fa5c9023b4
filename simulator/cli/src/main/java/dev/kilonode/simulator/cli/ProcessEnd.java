package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.experiments.suite.ProcessLauncher;
import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.ProcessOwner;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How this process ends, with which exit code: nothing else may call {@code System.exit} or {@code halt}. */
final class ProcessEnd {

    /** Holds the process number of the launcher, {@code ./kilonode}, that waits for this process. */
    private static final String LAUNCHER = "kilonode.launcher";

    private static final long LOOK_MILLIS = 100;

    /** With less the JVM is busy with nothing but its heap, for minutes. */
    private static final int LEAST_MIB = 12;

    /** Made while there is memory. */
    private static final byte[] NO_MEMORY = bytes(EnvironmentFailure.NO_MEMORY);

    private ProcessEnd() {}

    /** What ends this process where a run hangs in it. */
    static ProcessOwner owner(Console console) {
        return new ProcessOwner() {
            @Override
            public void say(ExitCode exit, String words, @Nullable Path report) {
                console.out().flush();
                // not by System.err, whose lock the run may hold
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

    /** Ends the process in order. */
    static void exit(ExitCode exit) {
        System.exit(number(exit));
    }

    /** Ends the process at once, whatever its threads do. */
    static void halt(ExitCode exit) {
        Runtime.getRuntime().halt(number(exit));
    }

    /** Ends the process over what not even {@link Main} could put in words. */
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
            // then the exit code has to do
        }
        halt(ExitCode.ENVIRONMENT);
    }

    /** Ends the process if the heap is too small to say so later. */
    static void needMemory() {
        long mib = Runtime.getRuntime().maxMemory() >> 20;
        if (mib < LEAST_MIB) halt(new OutOfMemoryError("a heap of " + mib + " MiB"));
    }

    private static byte[] bytes(String words) {
        return (new CommandResult(ExitCode.ENVIRONMENT, words).line() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A launcher that was killed cannot pass that on: as its process is gone, so is this one. */
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

    /** The launcher, and a suite, tell by {@link ProcessLauncher#OWN} our exit codes from those of a JVM that failed by itself. */
    private static int number(ExitCode exit) {
        boolean awaited = System.getProperty(LAUNCHER) != null || System.getProperty(ProcessLauncher.PARENT) != null;
        return exit.number() + (awaited ? ProcessLauncher.OWN : 0);
    }
}
