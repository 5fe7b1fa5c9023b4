package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.upload.UploadResult;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.simulator.run.workload.UploadObserver;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts uploads, measures the completed ones, and writes a row for each. */
final class UploadLog implements UploadObserver {

    private final MetricSet metrics;
    private final long fileBytes;
    private final Consumer<UploadRow> rows;

    UploadLog(MetricSet metrics, long fileBytes, Consumer<UploadRow> rows) {
        this.metrics = metrics;
        this.fileBytes = fileBytes;
        this.rows = rows;
    }

    @Override
    public void uploadStarted() {
        metrics.count(Metric.UPLOAD_STARTED);
    }

    @Override
    public void uploadMissed() {
        metrics.count(Metric.UPLOAD_MISSED);
    }

    @Override
    public void uploadEnded(
            long upload,
            int uploader,
            long intendedNanos,
            long startNanos,
            long endNanos,
            int chunks,
            @Nullable UploadResult result) {
        String name = "uploader-" + uploader;
        long intendedMs = millis(intendedNanos);
        long startMs = millis(startNanos);
        if (result == null) {
            rows.accept(new UploadRow(
                    upload,
                    name,
                    intendedMs,
                    startMs,
                    null,
                    fileBytes,
                    chunks,
                    UploadRow.Outcome.RUNNING,
                    null,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0));
            return;
        }
        metrics.record(Metric.UPLOAD_TIMEOUTS, result.identityTimeouts());
        if (result.succeeded()) {
            metrics.count(Metric.UPLOAD_SUCCEEDED);
            metrics.recordNanos(Metric.UPLOAD_LATENCY, endNanos - intendedNanos);
        } else {
            metrics.count(Metric.UPLOAD_FAILED);
        }
        rows.accept(new UploadRow(
                upload,
                name,
                intendedMs,
                startMs,
                millis(endNanos),
                fileBytes,
                chunks,
                result.succeeded() ? UploadRow.Outcome.SUCCEEDED : UploadRow.Outcome.FAILED,
                millis(endNanos - intendedNanos),
                result.identityTimeouts(),
                result.retries(),
                millis(result.dialNanos()),
                millis(result.identityNanos()),
                millis(result.lookupNanos()),
                millis(result.quoteNanos()),
                millis(result.storeNanos())));
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
