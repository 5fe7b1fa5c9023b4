package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kilonode.reports.model.PlainText;
import dev.kilonode.simulator.run.ProgressListener;
import dev.kilonode.simulator.run.ProgressReport;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Progress for logs, a line at a time: every 5 s in the first minute, every minute in the first half hour, then every 5 minutes, so that
 * six hours take some 110 lines. No ANSI sequences, no carriage return.
 */
final class ThrottledProgress implements ProgressListener {
    private static final int MOST_CHARS = 300;

    private final PrintStream err;
    private final Function<ProgressReport, String> format;
    private long nextNanos;
    private @Nullable ProgressReport pending;

    ThrottledProgress(PrintStream err, Function<ProgressReport, String> format) {
        this.err = err;
        this.format = format;
    }

    @Override
    public void report(ProgressReport report) {
        pending = report;
        if (report.wallNanos() < nextNanos) return;
        show(report);
        nextNanos = report.wallNanos() + gapNanos(report.wallNanos());
    }

    @Override
    public void finished() {
        if (pending != null) show(pending);
    }

    private void show(ProgressReport report) {
        err.println(format.apply(report));
        pending = null;
    }

    private static long gapNanos(long wallNanos) {
        if (wallNanos < TimeUnit.MINUTES.toNanos(1)) return TimeUnit.SECONDS.toNanos(5);
        return wallNanos < TimeUnit.MINUTES.toNanos(30) ? TimeUnit.MINUTES.toNanos(1) : TimeUnit.MINUTES.toNanos(5);
    }

    static String plain(ProgressReport report) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%3.0f%% %s of %s, x%.0f, %s: %d nodes, %d messages, %d drops, %d identity timeouts, uploads %d ok %d"
                        + " failed %d running",
                Math.floor(report.done() * 100),
                clock(report.virtualNanos()),
                clock(report.durationNanos()),
                report.speed(),
                eta(report),
                report.nodesUp(),
                report.messagesDelivered(),
                report.drops(),
                report.identityTimeouts(),
                report.uploadsSucceeded(),
                report.uploadsFailed(),
                report.uploadsRunning()));
        if (!Double.isNaN(report.lastUploadP50Ms())) {
            line.append(String.format(
                    Locale.ROOT,
                    ", last p50 %.0f s p95 %.0f s",
                    report.lastUploadP50Ms() / 1000,
                    report.lastUploadP95Ms() / 1000));
        }
        if (!report.checks().isEmpty()) line.append("; ").append(PlainText.line(report.checks(), MOST_CHARS));
        return line.toString();
    }

    static String json(ProgressReport report) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("done", Math.round(report.done() * 10_000) / 10_000.0)
                .put("virtual_ms", report.virtualNanos() / 1_000_000)
                .put("duration_ms", report.durationNanos() / 1_000_000)
                .put("wall_ms", report.wallNanos() / 1_000_000)
                .put("nodes_up", report.nodesUp())
                .put("messages_delivered", report.messagesDelivered())
                .put("drops", report.drops())
                .put("identity_timeouts", report.identityTimeouts())
                .put("uploads_running", report.uploadsRunning())
                .put("uploads_succeeded", report.uploadsSucceeded())
                .put("uploads_failed", report.uploadsFailed());
        if (report.etaSeconds() >= 0) line.put("eta_s", report.etaSeconds());
        if (!Double.isNaN(report.lastUploadP50Ms())) line.put("upload_p50_ms", report.lastUploadP50Ms());
        if (!Double.isNaN(report.lastUploadP95Ms())) line.put("upload_p95_ms", report.lastUploadP95Ms());
        return line.put("checks", report.checks()).toString();
    }

    /** {@code 27:05:00}. */
    static String clock(long nanos) {
        long seconds = nanos / 1_000_000_000;
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    static String eta(ProgressReport report) {
        long seconds = report.etaSeconds();
        if (seconds < 0) return "no estimate yet";
        if (seconds >= 3600) return "ETA " + seconds / 3600 + "h" + seconds / 60 % 60 + "m";
        return seconds >= 60 ? "ETA " + seconds / 60 + "m" + seconds % 60 + "s" : "ETA " + seconds + "s";
    }
}
