package dev.kilonode.simulator.run;

import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.simulator.plugins.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run that hangs: writes the stacks of its threads to {@code logs/stacks.txt}, a report of the data flushed so far and one line,
 * and ends the process. It waits for no lock of the run, and for nothing longer than its limit.
 */
final class StuckRun {

    /** Number of stack samples; code that is on a stack in all of them is stuck there. */
    private static final int SAMPLES = 5;

    private static final long BETWEEN_SAMPLES_MILLIS = 20;

    /** Prefix of the names of the run's own threads, apart from the one that called it. */
    private static final String OURS = "kilonode-";

    private final RunSpec request;
    private final StopSignal stop;
    private final Thread runner;
    private final @Nullable Path directory;
    private final boolean reporting;
    private final boolean overBudget;
    private final String stuck;
    private final AtomicBoolean printed = new AtomicBoolean();

    /**
     * @param runner the thread that called the run
     * @param directory the run directory; null if the run hangs before it was created
     * @param reporting whether the run has ended and its report has not
     * @param overBudget whether it ended, or was to end, because of its time budget
     * @param stuck where it hangs, in words
     */
    StuckRun(
            RunSpec request,
            StopSignal stop,
            Thread runner,
            @Nullable Path directory,
            boolean reporting,
            boolean overBudget,
            String stuck) {
        this.request = request;
        this.stop = stop;
        this.runner = runner;
        this.directory = directory;
        this.reporting = reporting;
        this.overBudget = overBudget;
        this.stuck = stuck;
    }

    /** Does not return. */
    void end(ProcessOwner owner, Duration limit) {
        try {
            owner.halt(report(owner, limit));
        } catch (Throwable e) {
            owner.halt(e); // in any case the process ends, with a line
        }
    }

    private ExitCode report(ProcessOwner owner, Duration limit) throws InterruptedException {
        Map<Thread, StackTraceElement[]> stacks = stacks();
        End end = end(stacks);
        Thread last = new Thread(new LastReport(owner, stacks, end), "kilonode-last-report");
        last.setDaemon(true);
        last.start();
        last.join(limit.toMillis());
        if (printed.compareAndSet(false, true)) {
            owner.say(end.exit(), end.words() + "; there was no time or no memory for a report", null);
        }
        return end.exit();
    }

    /** Exit code and message, without the report's path. */
    private record End(ExitCode exit, String words) {}

    private static Map<Thread, StackTraceElement[]> stacks() throws InterruptedException {
        Map<Thread, StackTraceElement[]> all = new HashMap<>(Thread.getAllStackTraces());
        all.remove(Thread.currentThread());
        return all;
    }

    private End end(Map<Thread, StackTraceElement[]> stacks) throws InterruptedException {
        ExitCode asked = stop.cause();
        if (asked != null) return new End(asked, "interrupted; " + stuck + ", and was ended");
        OutOfMemoryError memory = OutOfMemory.seen();
        if (memory != null) return new End(ExitCode.ENVIRONMENT, OutOfMemory.words(memory));
        if (reporting && overBudget) return new End(ExitCode.FAIL, "over its time budget; " + stuck);
        PluginException plugin = plugin(stacks);
        if (plugin != null) return new End(ExitCode.ENVIRONMENT, String.valueOf(plugin.getMessage()));
        return new End(
                ExitCode.INTERNAL, stuck + "; this is a bug in Kilonode or in a library, logs/stacks.txt shows where");
    }

    /** The plugin that one of the run's threads is stuck in. */
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
        return request.scenario().pluginFailure(hangs);
    }

    /** The part that may take long or never end. */
    private final class LastReport implements Runnable {

        private final ProcessOwner owner;
        private final Map<Thread, StackTraceElement[]> stacks;
        private final End end;

        LastReport(ProcessOwner owner, Map<Thread, StackTraceElement[]> stacks, End end) {
            this.owner = owner;
            this.stacks = stacks;
            this.end = end;
        }

        @Override
        public void run() {
            Path report = directory == null ? null : directory.resolve("report.html");
            String words = end.words();
            try {
                if (directory != null) write(directory);
            } catch (Throwable e) {
                report = null;
                words += "; there is no report: " + e;
            }
            if (printed.compareAndSet(false, true)) owner.say(end.exit(), words, report);
        }

        private void write(Path run) throws IOException {
            StringBuilder text = new StringBuilder(end.words()).append(System.lineSeparator());
            stacks.forEach((thread, stack) -> append(text, thread, stack));
            Files.writeString(Files.createDirectories(run.resolve("logs")).resolve("stacks.txt"), text);
            if (reporting) return;
            boolean onPurpose = stop.requested() || overBudget;
            RunWriter.abandon(run, onPurpose ? Manifest.ABORTED : Manifest.CRASHED);
            RecoveredSummary.ofStuck(run, end.exit(), end.words());
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
