package dev.kilonode.simulator.run;

import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.distributed.ChildProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Workers that run as child processes of this one. Each has a folder of its own for its files and its log. A child whose standard input
 * ends loses its parent and ends by itself, also when this process is killed. One thread.
 */
final class WorkerProcesses implements ChildProcesses, AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private record Child(Process process, Path log) {}

    private final Path folder;
    private final List<Child> children = new ArrayList<>();
    private @Nullable Path logs;

    private WorkerProcesses(Path folder) {
        this.folder = folder;
    }

    /** No processes: the workers are started by others. */
    static WorkerProcesses none() {
        return new WorkerProcesses(Path.of(""));
    }

    /**
     * Starts the processes.
     *
     * @param command the arguments of a worker; the address to join and the folder for its files follow them
     * @throws ClusterException if a process cannot be started
     */
    static WorkerProcesses start(int count, ProcessLauncher launcher, List<String> command, String join) {
        WorkerProcesses started;
        try {
            started = new WorkerProcesses(Files.createTempDirectory("kilonode-workers"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            for (int i = 0; i < count; i++) started.startChild(i, launcher, command, join);
            return started;
        } catch (IOException e) {
            started.close();
            throw new ClusterException(
                    "cannot start worker " + (started.children.size() + 1) + " of " + count + ": " + e.getMessage()
                            + "; write a smaller --jvms",
                    e);
        }
    }

    private void startChild(int number, ProcessLauncher launcher, List<String> command, String join)
            throws IOException {
        Path own = Files.createDirectory(folder.resolve(Integer.toString(number)));
        Path log = own.resolve("worker.log");
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--join", join, "--work", own.toString()));
        children.add(new Child(launcher.start(words, log), log));
    }

    @Override
    public @Nullable String ended(long pid) {
        for (Child child : children) {
            Process process = child.process;
            if (process.pid() != pid || process.isAlive()) continue;
            int code = process.exitValue();
            return code > 128 && code < 160
                    ? "its process was killed by signal " + (code - 128)
                    : "its process ended with exit code " + code;
        }
        return null;
    }

    @Override
    public @Nullable String anyEnded() {
        for (int i = 0; i < children.size(); i++) {
            Process process = children.get(i).process;
            if (process.isAlive()) continue;
            return "worker process " + process.pid() + " ended with exit code " + process.exitValue()
                    + " before the run began; the end of its log: " + tail(children.get(i).log);
        }
        return null;
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Processor time of the children that run. */
    Duration cpu() {
        Duration sum = Duration.ZERO;
        for (Child child : children) {
            sum = sum.plus(child.process.info().totalCpuDuration().orElse(Duration.ZERO));
        }
        return sum;
    }

    @Override
    public void kill(long pid) {
        for (Child child : children) {
            if (child.process.pid() == pid) child.process.destroyForcibly();
        }
    }

    /** Sets the folder to which the logs are moved in the end. */
    void keepLogs(Path directory) {
        logs = directory;
    }

    /** Waits until the children have ended, which they do with the run; then tells them to, and at last ends them. */
    @Override
    public void close() {
        if (children.isEmpty()) return;
        boolean interrupted = Thread.interrupted();
        try {
            if (!interrupted && !allEnd(PATIENCE_SECONDS)) {
                for (Child child : children) closeInput(child);
                boolean ignored = allEnd(PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        for (Child child : children) {
            Process ignored = child.process
                    .destroyForcibly()
                    .onExit()
                    .completeOnTimeout(child.process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
        if (interrupted) Thread.currentThread().interrupt();
        moveLogs();
        delete();
    }

    /** Whether all children end within some seconds. */
    private boolean allEnd(long seconds) throws InterruptedException {
        long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (Child child : children) {
            if (!child.process.waitFor(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) return false;
        }
        return true;
    }

    /** The sign to end. */
    private static void closeInput(Child child) {
        try {
            child.process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended
        }
    }

    private void moveLogs() {
        Path to = logs;
        if (to == null) return;
        for (int i = 0; i < children.size(); i++) {
            try {
                Files.move(
                        children.get(i).log,
                        to.resolve("worker-process-" + i + ".log"),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                // a log more or less
            }
        }
    }

    private void delete() {
        try {
            FileTree.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            // the system empties its folder of temporary files
        }
    }
}
