package dev.kilonode.reports.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run directory during the run. Data written 10 s of wall time ago survive {@code kill -9}, provided that some method is called
 * from time to time. The manifest records rows, bytes and a checksum of each file, so that a reader can detect changes. Memory does not
 * grow with the run. Not thread-safe. I/O errors become {@link UncheckedIOException}.
 */
public final class RunWriter implements AutoCloseable {

    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path directory;
    private final LongSupplier wallNanos;
    private final CsvWriter windows;
    private final CsvWriter uploads;
    private final Writer events;
    private final Writer digests;
    private final Map<RunFile, ChecksumOutputStream> streams = new EnumMap<>(RunFile.class);
    private final PrintStream latencyStream;
    private final HistogramLogWriter latencies;
    private Manifest manifest;
    private @Nullable DropSource drops;
    private long writtenDrops = -1;
    private long flushedAtNanos;
    private boolean ended;
    private boolean closed;

    /** As {@link #create(Path, String, Manifest, String, String, LongSupplier)} with the system's clock. */
    public static RunWriter create(
            Path resultsRoot, String name, Manifest manifest, String scenarioText, String resolvedYaml) {
        return create(resultsRoot, name, manifest, scenarioText, resolvedYaml, System::nanoTime);
    }

    /**
     * Creates {@code <resultsRoot>/<name>/<UTC time>-<4 hex>/} and points {@code <resultsRoot>/latest} to it.
     *
     * @param resultsRoot created if missing
     * @param name name of the run; characters that are not allowed in a folder name become {@code -}
     * @param manifest what is known at the start, see {@link Manifest#starting}
     * @param scenarioText the scenario as the user wrote it
     * @param resolvedYaml the scenario after merging and defaults
     * @param wallNanos wall clock in nanoseconds, for flushing only
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
            ManifestFile.write(directory, manifest);
            var checksums = new LinkedHashMap<String, FileChecksum>();
            checksums.put(RunFile.SCENARIO.path(), write(RunFile.SCENARIO.in(directory), scenarioText));
            checksums.put(RunFile.RESOLVED.path(), write(RunFile.RESOLVED.in(directory), resolvedYaml));
            var writer = new RunWriter(directory, manifest.withChecksums(checksums), wallNanos);
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
        this.windows =
                CsvFile.writer(open(RunFile.WINDOWS).append(WindowRow.HEADER).append('\n'));
        this.uploads =
                CsvFile.writer(open(RunFile.UPLOADS).append(UploadRow.HEADER).append('\n'));
        this.events = new BufferedWriter(open(RunFile.EVENTS), 1 << 16);
        this.digests = new BufferedWriter(open(RunFile.DIGEST), 1 << 16);
        this.latencyStream = new PrintStream(
                new java.io.BufferedOutputStream(checksumming(RunFile.LATENCY), 1 << 16),
                false,
                StandardCharsets.UTF_8);
        this.latencies = new HistogramLogWriter(latencyStream);
        latencies.outputComment("[Latencies in microseconds; column max in ms; times in s since the start of the run]");
        latencies.outputLogFormatVersion();
        latencies.outputLegend();
        flush();
    }

    /**
     * Sets the status of a run whose own writer is stuck. Takes no lock of the writer; data that it had not flushed are lost.
     *
     * @param status {@link Manifest#ABORTED} or {@link Manifest#CRASHED}
     */
    public static void abandon(Path directory, String status) throws IOException {
        ManifestFile.write(directory, ManifestFile.read(directory).abandoned(status));
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
     * Writes a value of one series in one window.
     *
     * @param startMs start of the window, ms since the start of the run
     * @param endMs its end
     * @param metric name in the metric catalogue
     * @param labels {@code key=value;key=value}, sorted by key; empty if none
     * @param stat {@code count}, {@code rate}, {@code min}, {@code mean}, {@code max}, {@code p50}, {@code p95} or {@code p99}
     * @param value finite, in the metric's unit
     * @throws IllegalArgumentException if the value is not finite or the window does not end after its start
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

    /** Writes an upload when it has ended, or at the end of the run if it is still running. */
    public void upload(UploadRow upload) {
        row(uploads, upload.fields());
    }

    /** Sets the source of drops. Each flush writes its current content over the previous one. */
    public void drops(DropSource source) {
        drops = source;
    }

    /** Writes an event. */
    public void event(EventRow event) {
        write(events, Json.line(event) + "\n");
    }

    /** Writes the digest of a virtual run up to {@code endMs}; the last one is the run's digest. */
    public void digest(long endMs, String hex) {
        write(digests, endMs + " " + hex + "\n");
    }

    /**
     * Writes a histogram of one window.
     *
     * @param tag metric and labels, such as {@code upload.latency} or {@code registry.lock.wait{lock=peers}}; no comma, no space
     * @param startMs start of the window, ms since the start of the run
     * @param endMs its end
     * @param histogram values in microseconds, or in steps of the metric's unit; its tag and time stamps are overwritten
     */
    public void latency(String tag, long startMs, long endMs, Histogram histogram) {
        histogram.setTag(tag);
        histogram.setStartTimeStamp(startMs);
        histogram.setEndTimeStamp(endMs);
        latencies.outputIntervalHistogram(startMs / 1e3, endMs / 1e3, histogram, 1e3);
        flushIfDue();
    }

    /**
     * Replaces the workers in the manifest, and writes it. For the start of a run over several processes, its end, and when a worker is lost.
     */
    public void workers(List<WorkerRow> rows) {
        manifest = manifest.withWorkers(rows);
        flush();
    }

    /** Hands all data to the operating system and then updates the checksums in the manifest. */
    public void flush() {
        try {
            flushData();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flushData() throws IOException {
        for (Flushable w : new Flushable[] {windows, uploads, events, digests}) {
            w.flush();
        }
        if (latencyStream.checkError()) { // also flushes; a print stream hides its errors
            throw new IOException("cannot write " + RunFile.LATENCY.in(directory));
        }
        var checksums = new LinkedHashMap<>(manifest.checksums());
        streams.forEach((file, stream) -> checksums.put(file.path(), stream.checksum()));
        manifest = manifest.withChecksums(checksums);
        flushedAtNanos = wallNanos.getAsLong();
        Map<RunFile, String> drops = changedDrops();
        // recorded beside the old checksum, so that the file has a valid checksum whenever the process is killed
        drops.forEach(
                (file, text) -> checksums.put(file.nextPath(), FileChecksum.of(text.getBytes(StandardCharsets.UTF_8))));
        ManifestFile.write(directory, manifest.withChecksums(checksums));
        for (var one : drops.entrySet()) {
            RunFile file = one.getKey();
            Json.replace(file.in(directory), one.getValue());
            FileChecksum now = checksums.remove(file.nextPath());
            if (now != null) {
                checksums.put(file.path(), now);
            }
        }
        manifest = manifest.withChecksums(checksums);
    }

    /** The files of drops to rewrite; empty if there are no new drops. */
    private Map<RunFile, String> changedDrops() {
        DropSource source = drops;
        long total = source == null ? 0 : source.total();
        if (total == writtenDrops) {
            return Map.of();
        }
        writtenDrops = total;
        List<DropRow> sample = source == null ? List.of() : source.sample();
        List<NodeDropsRow> byNode = source == null ? List.of() : source.byNode();
        var texts = new EnumMap<RunFile, String>(RunFile.class);
        texts.put(
                RunFile.DROPS,
                CsvFile.text(
                        DropRow.HEADER, sample.stream().map(DropRow::fields).toList()));
        texts.put(
                RunFile.DROPS_BY_NODE,
                CsvFile.text(
                        NodeDropsRow.HEADER,
                        byNode.stream().map(NodeDropsRow::fields).toList()));
        List<String> warnings = source == null ? List.of() : source.warnings();
        if (!warnings.isEmpty()) texts.put(RunFile.DROP_LOG, String.join("\n", warnings) + "\n");
        return texts;
    }

    /**
     * Ends the run: writes {@code summary.json}, then the manifest's status.
     *
     * @param status {@link Manifest#COMPLETE}, {@link Manifest#ABORTED} or {@link Manifest#CRASHED}
     */
    public void finish(Summary summary, String status) {
        try {
            manifest = withSummary(directory, manifest, summary);
            end(status);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces the summary of a run that has ended, and its checksum.
     *
     * @throws UnreadableRunException if the directory holds no run, or a damaged one, whose checksums must stay as they are
     */
    public static void replaceSummary(Path directory, Summary summary) throws IOException {
        DataIntegrity integrity = ChecksumVerifier.of(directory);
        if (!integrity.intact()) {
            throw new UnreadableRunException(directory + " is " + integrity.words());
        }
        Manifest manifest = withSummary(directory, ManifestFile.read(directory), summary);
        if (integrity.checksummed()) {
            ManifestFile.write(directory, manifest);
        }
    }

    /**
     * Replaces the summary of a damaged run. The original is kept as {@code summary.at-end.json} and stays authoritative until {@link
     * #restoreSummary}. The checksums do not change.
     */
    public static void replaceSummaryOfDamaged(Path directory, Summary inconclusive) throws IOException {
        Path file = directory.resolve(RunFile.SUMMARY.path());
        Path aside = directory.resolve(RunFile.SET_ASIDE);
        if (Files.exists(file) && !Files.exists(aside)) {
            Files.move(file, aside);
        }
        Json.write(file, inconclusive);
    }

    /** Restores the original summary when the data are intact again; does nothing if there is none. */
    public static void restoreSummary(Path directory) throws IOException {
        Path aside = directory.resolve(RunFile.SET_ASIDE);
        if (Files.exists(aside)) {
            Files.move(aside, directory.resolve(RunFile.SUMMARY.path()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Manifest withSummary(Path directory, Manifest manifest, Summary summary) throws IOException {
        Path file = RunFile.SUMMARY.in(directory);
        Json.write(file, summary);
        var checksums = new LinkedHashMap<>(manifest.checksums());
        checksums.put(RunFile.SUMMARY.path(), FileChecksum.of(Files.readAllBytes(file)));
        return manifest.withChecksums(checksums);
    }

    /** Closes the files; does nothing the second time. A run that was not finished gets the status crashed. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!ended) {
                end(Manifest.CRASHED);
            }
            for (Closeable c : new Closeable[] {windows, uploads, events, digests, latencyStream}) {
                c.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(String status) throws IOException {
        flushData();
        manifest = manifest.ended(status, Instant.now());
        ManifestFile.write(directory, manifest);
        ended = true;
    }

    private void row(CsvWriter to, Object... fields) {
        CsvFile.write(to, fields);
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

    private Writer open(RunFile file) throws IOException {
        return new OutputStreamWriter(checksumming(file), StandardCharsets.UTF_8);
    }

    private OutputStream checksumming(RunFile file) throws IOException {
        var stream = new ChecksumOutputStream(Files.newOutputStream(file.in(directory), StandardOpenOption.CREATE_NEW));
        streams.put(file, stream);
        return stream;
    }

    private static FileChecksum write(Path file, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Files.write(file, content);
        return FileChecksum.of(content);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
