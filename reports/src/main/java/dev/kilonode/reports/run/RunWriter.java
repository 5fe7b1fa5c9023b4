package dev.kilonode.reports.run;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Writes a run directory as the run goes. What was written 10 s of wall time ago survives {@code kill -9}, given that some method is called
 * now and then. Keeps no data: memory does not grow with the run. One thread. I/O trouble is an {@link UncheckedIOException}.
 */
public final class RunWriter implements AutoCloseable {

    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path directory;
    private final LongSupplier wallNanos;
    private final Writer windows;
    private final Writer uploads;
    private final Writer drops;
    private final Writer events;
    private final Writer digests;
    private final PrintStream latencyStream;
    private final HistogramLogWriter latencies;
    private Manifest manifest;
    private long flushedAtNanos;
    private boolean ended;

    /** As {@link #create(Path, String, Manifest, String, String, LongSupplier)} with the system's clock. */
    public static RunWriter create(
            Path resultsRoot, String name, Manifest manifest, String scenarioText, String resolvedYaml) {
        return create(resultsRoot, name, manifest, scenarioText, resolvedYaml, System::nanoTime);
    }

    /**
     * Makes {@code <resultsRoot>/<name>/<UTC time>-<4 hex>/} and points {@code <resultsRoot>/latest} to it.
     *
     * @param resultsRoot  made if missing
     * @param name         name of the run; characters that do not fit a folder's name become {@code -}
     * @param manifest     what is known at the start, see {@link Manifest#starting}
     * @param scenarioText the scenario as the user wrote it
     * @param resolvedYaml the scenario after merging and defaults
     * @param wallNanos    wall clock in nanoseconds, for flushing only
     */
    public static RunWriter create(
            Path resultsRoot,
            String name,
            Manifest manifest,
            String scenarioText,
            String resolvedYaml,
            LongSupplier wallNanos) {
        try {
            Path directory = RunDirectory.make(resultsRoot, name, Instant.parse(manifest.startedAt()));
            Files.createDirectories(directory.resolve("data"));
            Files.createDirectories(directory.resolve("logs"));
            Json.write(directory.resolve("manifest.json"), manifest);
            Files.write(directory.resolve("scenario.yaml"), scenarioText.getBytes(StandardCharsets.UTF_8));
            Files.write(directory.resolve("scenario.resolved.yaml"), resolvedYaml.getBytes(StandardCharsets.UTF_8));
            var writer = new RunWriter(directory, manifest, wallNanos);
            RunDirectory.pointLatestTo(resultsRoot, directory);
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunWriter(Path directory, Manifest manifest, LongSupplier wallNanos) throws IOException {
        this.directory = directory;
        this.manifest = manifest;
        this.wallNanos = wallNanos;
        this.flushedAtNanos = wallNanos.getAsLong();
        this.windows = open("windows.csv", "start_ms,end_ms,metric,labels,stat,value\n");
        this.uploads = open("uploads.csv", UploadRow.HEADER + "\n");
        this.drops = open("drops.csv", DropRow.HEADER + "\n");
        this.events = open("events.jsonl", "");
        this.digests = open("digest.txt", "");
        this.latencyStream = new PrintStream(
                new java.io.BufferedOutputStream(
                        Files.newOutputStream(data("latency.hlog"), StandardOpenOption.CREATE_NEW), 1 << 16),
                false,
                StandardCharsets.UTF_8);
        this.latencies = new HistogramLogWriter(latencyStream);
        latencies.outputComment("[Latencies in microseconds; column max in ms; times in s since the start of the run]");
        latencies.outputLogFormatVersion();
        latencies.outputLegend();
        flush();
    }

    /**
     * Says how a run stands whose own writer will write no more, because its thread hangs. Waits for nothing that the writer holds; what it had not
     * flushed is lost.
     *
     * @param status {@link Manifest#ABORTED} or {@link Manifest#CRASHED}
     */
    public static void abandon(Path directory, String status) throws IOException {
        Json.write(
                directory.resolve("manifest.json"), ManifestFile.read(directory).ended(status, Instant.now()));
    }

    /** The folder of this run. */
    public Path directory() {
        return directory;
    }

    /** The folder for log files of this run. */
    public Path logs() {
        return directory.resolve("logs");
    }

    /**
     * A value of one series in one window.
     *
     * @param startMs start of the window, ms since the start of the run
     * @param endMs   its end
     * @param metric  name in the metric catalogue
     * @param labels  {@code key=value;key=value}, sorted by key; empty if none
     * @param stat    {@code count}, {@code rate}, {@code min}, {@code mean}, {@code max}, {@code p50}, {@code p95} or {@code p99}
     * @param value   finite, in the metric's unit
     * @throws IllegalArgumentException if the value is not finite or the window is not after its start
     */
    public void window(long startMs, long endMs, String metric, String labels, String stat, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "window " + startMs + ".." + endMs + " ms, " + metric + "{" + labels + "} " + stat + ": got "
                            + value + ", expected a finite number; write no row where there is no value");
        }
        if (endMs <= startMs) {
            throw new IllegalArgumentException(
                    metric + ": got window " + startMs + ".." + endMs + " ms, expected end > start");
        }
        row(windows, startMs, endMs, metric, labels, stat, number(value));
    }

    /** An upload, once it has ended, or at the end of the run if it is still running. */
    public void upload(UploadRow upload) {
        row(uploads, upload.fields());
    }

    /** A sampled drop. */
    public void drop(DropRow drop) {
        row(drops, drop.fields());
    }

    /** Something that happened. */
    public void event(EventRow event) {
        write(events, Json.line(event) + "\n");
    }

    /** The digest of a virtual run up to {@code endMs}; the last one is the run's. */
    public void digest(long endMs, String hex) {
        write(digests, endMs + " " + hex + "\n");
    }

    /**
     * A histogram of one window.
     *
     * @param tag       metric and labels, such as {@code upload.latency} or {@code registry.lock.wait{lock=peers}}; no comma, no space
     * @param startMs   start of the window, ms since the start of the run
     * @param endMs     its end
     * @param histogram values in microseconds, of other metrics than latencies in steps of their unit; its tag and time stamps are overwritten
     */
    public void latency(String tag, long startMs, long endMs, Histogram histogram) {
        histogram.setTag(tag);
        histogram.setStartTimeStamp(startMs);
        histogram.setEndTimeStamp(endMs);
        latencies.outputIntervalHistogram(startMs / 1e3, endMs / 1e3, histogram, 1e3);
        flushIfDue();
    }

    /** Hands all that was written so far to the operating system. */
    public void flush() {
        try {
            for (Writer w : new Writer[] {windows, uploads, drops, events, digests}) {
                w.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (latencyStream.checkError()) { // flushes too; a print stream swallows its errors
            throw new UncheckedIOException(new IOException("cannot write " + data("latency.hlog")));
        }
        flushedAtNanos = wallNanos.getAsLong();
    }

    /**
     * Ends the run: {@code summary.json}, then the manifest's status.
     *
     * @param status {@link Manifest#COMPLETE}, {@link Manifest#ABORTED} or {@link Manifest#CRASHED}
     */
    public void finish(Summary summary, String status) {
        try {
            Json.write(directory.resolve("summary.json"), summary);
            end(status);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the files. A run that was not finished is marked crashed. */
    @Override
    public void close() {
        try {
            if (!ended) {
                end(Manifest.CRASHED);
            }
            for (Closeable c : new Closeable[] {windows, uploads, drops, events, digests, latencyStream}) {
                c.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(String status) throws IOException {
        flush();
        manifest = manifest.ended(status, Instant.now());
        Json.write(directory.resolve("manifest.json"), manifest);
        ended = true;
    }

    private void row(Writer to, Object... fields) {
        try {
            CsvFile.append(to, fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flushIfDue();
    }

    private void write(Writer to, String text) {
        try {
            to.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flushIfDue();
    }

    private void flushIfDue() {
        if (wallNanos.getAsLong() - flushedAtNanos >= FLUSH_NANOS) {
            flush();
        }
    }

    private Writer open(String file, String header) throws IOException {
        Writer writer = new BufferedWriter(
                new OutputStreamWriter(
                        Files.newOutputStream(data(file), StandardOpenOption.CREATE_NEW), StandardCharsets.UTF_8),
                1 << 16);
        writer.write(header);
        return writer;
    }

    private Path data(String file) {
        return directory.resolve("data").resolve(file);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
