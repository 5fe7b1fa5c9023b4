package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A command as a process of its own, and what it has said on standard error. Its standard output is left out. */
final class Program implements AutoCloseable {

    /** Long past what a test waits for; the bound is against hanging only. */
    static final Duration BOUND = Duration.ofSeconds(120);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean silent;

    private Program(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread reader = new Thread(this::read, name + "-said");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param name for messages of the test */
    static Program start(String name, ProcessBuilder builder) {
        try {
            return new Program(
                    name,
                    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader from = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = from.readLine(); line != null; line = from.readLine()) said(line);
        } catch (IOException e) {
            said("(cannot be read: " + e.getMessage() + ")");
        }
        synchronized (this) {
            silent = true;
            notifyAll();
        }
    }

    private synchronized void said(String line) {
        lines.add(line);
        notifyAll();
    }

    long pid() {
        return process.pid();
    }

    /** A process that it has started and that runs; null if there is none. */
    @Nullable
    ProcessHandle child() {
        return process.children().filter(ProcessHandle::isAlive).findFirst().orElse(null);
    }

    /** All that it has said so far. */
    synchronized String said() {
        return String.join("\n", lines);
    }

    synchronized String lastLine() {
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** Waits for a line with a text in it. */
    synchronized String awaitLine(String text) throws InterruptedException {
        long untilNanos = System.nanoTime() + BOUND.toNanos();
        while (true) {
            for (String line : lines) {
                if (line.contains(text)) return line;
            }
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime());
            if (silent || leftMillis <= 0) {
                throw new AssertionError(name + " did not say \"" + text + "\" but:\n" + said());
            }
            wait(leftMillis);
        }
    }

    /** Waits for its end, and for all that it says. */
    int awaitExit(Duration bound) throws InterruptedException {
        assertThat(process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS))
                .as(() -> name + " ends within " + bound.toSeconds() + " s, it has said:\n" + said())
                .isTrue();
        synchronized (this) {
            while (!silent) wait();
        }
        return process.exitValue();
    }

    /** Sends it a signal such as {@code INT}. */
    void signal(String signal) {
        signal(signal, pid());
    }

    /** Sends a process a signal such as {@code KILL}. */
    static void signal(String signal, long pid) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                            .start()
                            .waitFor())
                    .as("kill -" + signal)
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Looks again and again whether something is so. */
    static void await(String what, Duration bound, BooleanSupplier condition) {
        long untilNanos = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - untilNanos)
                    .as("%s within %d s", what, bound.toSeconds())
                    .isNegative();
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Ends it and its children at once. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
