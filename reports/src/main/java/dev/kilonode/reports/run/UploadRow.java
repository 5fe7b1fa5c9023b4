package dev.kilonode.reports.run;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One row of {@code uploads.csv}. All times are in ms since the start of the run, on the run's own clock. The stage columns sum up
 * overlapping work, so their total may exceed the latency.
 *
 * @param upload number of the upload, unique in the run
 * @param uploader name of the uploader
 * @param intendedMs start that the workload intended
 * @param startMs actual start
 * @param endMs end; null while running
 * @param bytes size of the file
 * @param chunks number of chunks
 * @param outcome outcome at the end of the run
 * @param latencyMs end minus intended start; null while running
 * @param identityTimeouts identity exchanges that timed out for this upload
 * @param retries steps that were retried
 * @param dialMs time spent dialling
 * @param identityMs time spent waiting for identity exchanges
 * @param lookupMs time spent in lookups
 * @param quoteMs time spent on quotes
 * @param storeMs time spent storing chunks
 */
public record UploadRow(
        long upload,
        String uploader,
        long intendedMs,
        long startMs,
        @Nullable Long endMs,
        long bytes,
        int chunks,
        Outcome outcome,
        @Nullable Long latencyMs,
        int identityTimeouts,
        int retries,
        long dialMs,
        long identityMs,
        long lookupMs,
        long quoteMs,
        long storeMs) {

    /** The outcome of an upload at the end of the run. */
    public enum Outcome {
        SUCCEEDED,
        FAILED,
        RUNNING;

        /** The word in the file: {@code succeeded}, {@code failed} or {@code running}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static final String HEADER =
            "upload,uploader,intended_ms,start_ms,end_ms,bytes,chunks,outcome,latency_ms,identity_timeouts,retries,"
                    + "dial_ms,identity_ms,lookup_ms,quote_ms,store_ms";

    public UploadRow {
        requireNonNull(uploader);
        if ((outcome == Outcome.RUNNING) != (endMs == null) || (endMs == null) != (latencyMs == null)) {
            throw new IllegalArgumentException("upload " + upload + ": got outcome " + outcome + " with end " + endMs
                    + " and latency " + latencyMs + ", expected both exactly when the upload is not running");
        }
    }

    Object[] fields() {
        return new Object[] {
            upload,
            uploader,
            intendedMs,
            startMs,
            endMs == null ? "" : endMs,
            bytes,
            chunks,
            outcome.word(),
            latencyMs == null ? "" : latencyMs,
            identityTimeouts,
            retries,
            dialMs,
            identityMs,
            lookupMs,
            quoteMs,
            storeMs
        };
    }

    static UploadRow parse(java.util.List<String> f) {
        return new UploadRow(
                Long.parseLong(f.get(0)),
                f.get(1),
                Long.parseLong(f.get(2)),
                Long.parseLong(f.get(3)),
                f.get(4).isEmpty() ? null : Long.valueOf(f.get(4)),
                Long.parseLong(f.get(5)),
                Integer.parseInt(f.get(6)),
                Outcome.valueOf(f.get(7).toUpperCase(java.util.Locale.ROOT)),
                f.get(8).isEmpty() ? null : Long.valueOf(f.get(8)),
                Integer.parseInt(f.get(9)),
                Integer.parseInt(f.get(10)),
                Long.parseLong(f.get(11)),
                Long.parseLong(f.get(12)),
                Long.parseLong(f.get(13)),
                Long.parseLong(f.get(14)),
                Long.parseLong(f.get(15)));
    }
}
