package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.upload.UploadResult;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.simulator.metrics.Counter;
import dev.kilonode.simulator.metrics.Distribution;
import dev.kilonode.simulator.metrics.Labels;
import dev.kilonode.simulator.metrics.Metric;
import dev.kilonode.simulator.metrics.MetricSet;
import dev.kilonode.simulator.run.workload.UploadObserver;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts uploads, measures those that end, and writes a row for each. */
final class UploadLog implements UploadObserver {

    private final Counter started;
    private final Counter succeeded;
    private final Counter failed;
    private final Counter missed;
    private final Distribution latency;
    private final Distribution timeouts;
    private final long fileBytes;
    private final Consumer<UploadRow> rows;

    UploadLog(MetricSet metrics, long fileBytes, Consumer<UploadRow> rows) {
        this.started = metrics.counter(Metric.UPLOAD_STARTED, Labels.NONE);
        this.succeeded = metrics.counter(Metric.UPLOAD_SUCCEEDED, Labels.NONE);
        this.failed = metrics.counter(Metric.UPLOAD_FAILED, Labels.NONE);
        this.missed = metrics.counter(Metric.UPLOAD_MISSED, Labels.NONE);
        this.latency = metrics.distribution(Metric.UPLOAD_LATENCY, Labels.NONE);
        this.timeouts = metrics.distribution(Metric.UPLOAD_TIMEOUTS, Labels.NONE);
        this.fileBytes = fileBytes;
        this.rows = rows;
    }

    @Override
    public void uploadStarted() {
        started.increment();
    }

    @Override
    public void uploadMissed() {
        missed.increment();
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
        timeouts.record(result.identityTimeouts());
        if (result.succeeded()) {
            succeeded.increment();
            latency.recordNanos(endNanos - intendedNanos);
        } else {
            failed.increment();
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
