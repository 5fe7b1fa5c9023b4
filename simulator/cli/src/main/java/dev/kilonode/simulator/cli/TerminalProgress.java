package dev.kilonode.simulator.cli;

import dev.kilonode.reports.model.PlainText;
import dev.kilonode.simulator.run.ProgressListener;
import dev.kilonode.simulator.run.ProgressReport;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A few lines that are redrawn in place, at most four times a second. */
final class TerminalProgress implements ProgressListener {
    private static final int BAR = 40;
    private static final int WIDTH = 79;
    private static final int SPARKS = 40;
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final String LEVELS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private final PrintStream err;
    private final Deque<Double> drops = new ArrayDeque<>();
    private final Deque<Double> timeouts = new ArrayDeque<>();
    private @Nullable ProgressReport last;
    private int drawn;

    TerminalProgress(PrintStream err) {
        this.err = err;
    }

    @Override
    public void report(ProgressReport report) {
        ProgressReport before = last;
        if (before != null && report.wallNanos() - before.wallNanos() < GAP_NANOS) return;
        double messages = 0;
        if (before != null) {
            double seconds = Math.max(1e-9, (report.virtualNanos() - before.virtualNanos()) / 1e9);
            messages = (report.messagesDelivered() - before.messagesDelivered()) / seconds;
            push(drops, (report.drops() - before.drops()) / seconds);
            push(timeouts, (report.identityTimeouts() - before.identityTimeouts()) / seconds);
        }
        last = report;
        draw(lines(report, messages));
    }

    @Override
    public void finished() {
        drawn = 0;
    }

    private List<String> lines(ProgressReport report, double messages) {
        int filled = (int) (report.done() * BAR);
        String uploads = Double.isNaN(report.lastUploadP50Ms())
                ? "none ended yet"
                : String.format(
                        Locale.ROOT,
                        "last p50 %.0f s, p95 %.0f s",
                        report.lastUploadP50Ms() / 1000,
                        report.lastUploadP95Ms() / 1000);
        return List.of(
                String.format(
                        Locale.ROOT,
                        "[%s%s] %3.0f%%  %s",
                        "=".repeat(filled),
                        " ".repeat(BAR - filled),
                        Math.floor(report.done() * 100),
                        ThrottledProgress.eta(report)),
                String.format(
                        Locale.ROOT,
                        "clock     %s of %s, %s real, x%.0f",
                        ThrottledProgress.clock(report.virtualNanos()),
                        ThrottledProgress.clock(report.durationNanos()),
                        ThrottledProgress.clock(report.wallNanos()),
                        report.speed()),
                String.format(Locale.ROOT, "nodes     %d up, %.0f messages/s", report.nodesUp(), messages),
                String.format(Locale.ROOT, "drops     %-12d %s", report.drops(), sparkline(drops)),
                String.format(
                        Locale.ROOT, "identity  %-12d %s timeouts", report.identityTimeouts(), sparkline(timeouts)),
                String.format(
                        Locale.ROOT,
                        "uploads   %d ok, %d failed, %d running; %s",
                        report.uploadsSucceeded(),
                        report.uploadsFailed(),
                        report.uploadsRunning(),
                        uploads),
                "checks    " + (report.checks().isEmpty() ? "none" : PlainText.line(report.checks(), WIDTH)));
    }

    private void draw(List<String> lines) {
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) frame.append("\u001b[").append(drawn).append('A');
        // a wrapped line would take two rows, so the next frame would start one row too low
        for (String line : lines) {
            frame.append("\u001b[2K")
                    .append(line, 0, Math.min(line.length(), WIDTH))
                    .append('\n');
        }
        drawn = lines.size();
        err.print(frame);
        err.flush();
    }

    private static void push(Deque<Double> values, double value) {
        values.addLast(value);
        if (values.size() > SPARKS) values.removeFirst();
    }

    private static String sparkline(Deque<Double> values) {
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (double value : values) out.append(LEVELS.charAt(most <= 0 ? 0 : (int) Math.round(value / most * 7)));
        return out.toString();
    }
}
