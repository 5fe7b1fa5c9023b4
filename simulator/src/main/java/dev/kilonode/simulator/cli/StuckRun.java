package dev.kilonode.simulator.cli;

import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.simulator.plugin.PluginException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run that does not end by itself: the stacks of its threads in {@code logs/stacks.txt}, a report of what had been flushed, one line, and the
 * end of the process. It waits for no lock of the run's, and for nothing longer than it is given.
 */
final class StuckRun {

    /** Whoever is on a stack in each of them is stuck there, and does not merely come by. */
    private static final int SAMPLES = 5;

    private static final long BETWEEN_SAMPLES_MILLIS = 20;

    /** The run's own threads, beside the one that called it, begin with this. */
    private static final String OURS = "kilonode-";

    private final RunRequest request;
    private final Thread runner;
    private final @Nullable Path directory;
    private final boolean reporting;
    private final boolean overBudget;
    private final String stuck;
    private final AtomicBoolean said = new AtomicBoolean();

    /**
     * @param runner the thread that called the run
     * @param directory where it is written down; null if it has not come that far
     * @param reporting whether it has ended, and its report has not
     * @param overBudget whether it ended, or was to end, by its time budget
     * @param stuck in what, in words
     */
    StuckRun(
            RunRequest request,
            Thread runner,
            @Nullable Path directory,
            boolean reporting,
            boolean overBudget,
            String stuck) {
        this.request = request;
        this.runner = runner;
        this.directory = directory;
        this.reporting = reporting;
        this.overBudget = overBudget;
        this.stuck = stuck;
    }

    /** Does not return. */
    void end(Console process, Duration limit) {
        try {
            ProcessEnd.halt(endInWords(process, limit));
        } catch (Throwable e) {
            ProcessEnd.halt(e); // what matters is that the process ends, with a line
        }
    }

    private ExitCode endInWords(Console process, Duration limit) throws InterruptedException {
        Map<Thread, StackTraceElement[]> stacks = stacks();
        Verdict verdict = verdict(stacks);
        Thread last = new Thread(new LastWords(stacks, verdict), "kilonode-last-words");
        last.setDaemon(true);
        last.start();
        last.join(limit.toMillis());
        process.out().flush();
        if (said.compareAndSet(false, true)) {
            say(new Verdict(verdict.exit(), verdict.words() + "; there was no time or no memory for a report"));
        }
        return verdict.exit();
    }

    /** Not by System.err, whose lock the run may hold. */
    private static void say(Verdict verdict) {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        err.println(verdict.line());
    }

    private static Map<Thread, StackTraceElement[]> stacks() throws InterruptedException {
        Map<Thread, StackTraceElement[]> all = new HashMap<>(Thread.getAllStackTraces());
        all.remove(Thread.currentThread());
        return all;
    }

    /** Why the process ends as it does; without the report's path. */
    private Verdict verdict(Map<Thread, StackTraceElement[]> stacks) throws InterruptedException {
        ExitCode asked = request.stop().cause();
        if (asked != null) return new Verdict(asked, "interrupted; " + stuck + ", and was ended");
        OutOfMemoryError memory = OutOfMemory.seen();
        if (memory != null) return new Verdict(ExitCode.ENVIRONMENT, OutOfMemory.words(memory));
        if (reporting && overBudget) return new Verdict(ExitCode.FAIL, "over its time budget; " + stuck);
        PluginException plugin = plugin(stacks);
        if (plugin != null) return new Verdict(ExitCode.ENVIRONMENT, String.valueOf(plugin.getMessage()));
        return new Verdict(
                ExitCode.INTERNAL, stuck + "; this is a bug in Kilonode or in a library, logs/stacks.txt shows where");
    }

    /** The plugin in which one of the run's threads is, and stays. */
    private @Nullable PluginException plugin(Map<Thread, StackTraceElement[]> stacks) throws InterruptedException {
        PluginException found = null;
        for (Map.Entry<Thread, StackTraceElement[]> each : stacks.entrySet()) {
            Thread thread = each.getKey();
            if (thread != runner && !thread.getName().startsWith(OURS)) continue;
            PluginException suspect = plugin(each.getValue());
            for (int sample = 1; suspect != null && sample < SAMPLES; sample++) {
                Thread.sleep(BETWEEN_SAMPLES_MILLIS);
                suspect = plugin(thread.getStackTrace());
            }
            if (suspect != null) found = suspect;
        }
        return found;
    }

    private @Nullable PluginException plugin(StackTraceElement[] stack) {
        TimeoutException hangs = new TimeoutException(stuck);
        hangs.setStackTrace(stack);
        return request.scenario().failureOfPlugin(hangs);
    }

    /** All that may take its time, or never end. */
    private final class LastWords implements Runnable {

        private final Map<Thread, StackTraceElement[]> stacks;
        private final Verdict verdict;

        LastWords(Map<Thread, StackTraceElement[]> stacks, Verdict verdict) {
            this.stacks = stacks;
            this.verdict = verdict;
        }

        @Override
        public void run() {
            Path report = directory == null ? null : directory.resolve("report.html");
            String words = verdict.words();
            try {
                if (directory != null) write(directory);
            } catch (Throwable e) {
                report = null;
                words += "; there is no report: " + e;
            }
            if (said.compareAndSet(false, true)) say(new Verdict(verdict.exit(), words, report));
        }

        private void write(Path run) throws IOException {
            StringBuilder text = new StringBuilder(verdict.words()).append(System.lineSeparator());
            stacks.forEach((thread, stack) -> append(text, thread, stack));
            Files.writeString(Files.createDirectories(run.resolve("logs")).resolve("stacks.txt"), text);
            if (reporting) return;
            boolean onPurpose = request.stop().requested() || overBudget;
            RunWriter.abandon(run, onPurpose ? Manifest.ABORTED : Manifest.CRASHED);
            RecordedSummary.ofStuck(run, verdict.exit(), verdict.words());
            var unused = Reporter.write(run, false);
            request.copies().write(run.resolve("junit.xml"), run.resolve("summary.md"));
        }

        private void append(StringBuilder text, Thread thread, StackTraceElement[] stack) {
            text.append(System.lineSeparator())
                    .append(thread.getName())
                    .append(' ')
                    .append(thread.getState());
            for (StackTraceElement frame : stack)
                text.append(System.lineSeparator()).append("    at ").append(frame);
            text.append(System.lineSeparator());
        }
    }
}
