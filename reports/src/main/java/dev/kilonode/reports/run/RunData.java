package dev.kilonode.reports.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.jspecify.annotations.Nullable;

/**
 * The content of a run directory. Reads complete, running, aborted and killed runs; truncated rows are skipped. Windows are held in arrays;
 * uploads, drops and histograms are streamed from the files on demand.
 */
public final class RunData {

    private static final int MAX_NODE_EVENTS = 5_000;

    private final Path directory;
    private final Manifest manifest;
    private final @Nullable Summary summary;
    private final DataIntegrity integrity;
    private final Map<MetricSeries.Key, MetricSeries> series = new LinkedHashMap<>();
    private final WindowTable windows = new WindowTable();
    private final List<EventRow> events = new ArrayList<>();
    private String digest = "";
    private String stuck = "";
    private int unreadable;

    private RunData(Path directory, Manifest manifest, @Nullable Summary summary, DataIntegrity integrity) {
        this.directory = directory;
        this.manifest = manifest;
        this.summary = summary;
        this.integrity = integrity;
    }

    /**
     * Reads a run.
     *
     * @param directory the run's folder, or a link to it
     * @throws UnreadableRunException if there is no readable {@code manifest.json} of a run; the message says so
     */
    public static RunData read(Path directory) throws IOException {
        Manifest manifest = ManifestFile.read(directory).asItIs();
        Summary summary = ManifestFile.summary(directory);
        var data = new RunData(directory, manifest, summary, ChecksumVerifier.of(directory));
        data.readWindows();
        data.readEvents();
        data.readDigest();
        data.readStacks();
        return data;
    }

    /** The run's folder. */
    public Path directory() {
        return directory;
    }

    /** The manifest. Its status is {@code crashed} if the file says running but the process is gone. */
    public Manifest manifest() {
        return manifest;
    }

    /** The summary; null if the run did not write one. */
    public @Nullable Summary summary() {
        return summary;
    }

    /** Whether the files are unchanged since the run wrote them. Damaged data must not be used for a verdict. */
    public DataIntegrity integrity() {
        return integrity;
    }

    /** All series, in the order of their first row. */
    public Collection<MetricSeries> series() {
        return Collections.unmodifiableCollection(series.values());
    }

    /** One series; null if the run has no such rows. */
    public @Nullable MetricSeries series(String metric, String labels, String stat) {
        return series.get(new MetricSeries.Key(metric, labels, stat));
    }

    /** All series of a metric with a statistic, whatever their labels (including none), in the order of their first row. */
    public List<MetricSeries> all(String metric, String stat) {
        return series.values().stream()
                .filter(s -> s.key().metric().equals(metric) && s.key().stat().equals(stat))
                .toList();
    }

    /** Phases, faults, checks, notes, and at most the first 5,000 node events, in file order. */
    public List<EventRow> events() {
        return Collections.unmodifiableList(events);
    }

    /** Why the watchdog ended the process of a run that hung: the first line of {@code logs/stacks.txt}; empty for any other run. */
    public String stuck() {
        return stuck;
    }

    /** The last digest written, or empty. */
    public String digest() {
        return digest;
    }

    /** Number of rows that could not be parsed and were skipped (0 unless a file is damaged). */
    public int unreadableRows() {
        return unreadable;
    }

    /** End of the data, ms since the start of the run: the end of the last window or the time of the last event. */
    public long lastMs() {
        return Math.max(
                windows.lastMs(),
                events.stream().mapToLong(EventRow::timeMs).max().orElse(0));
    }

    /** Streams the uploads in file order. */
    public void forEachUpload(Consumer<UploadRow> row) throws IOException {
        readRows("uploads.csv", f -> row.accept(UploadRow.parse(f)));
    }

    /** Streams the sampled drops in file order. */
    public void forEachDrop(Consumer<DropRow> row) throws IOException {
        readRows("drops.csv", f -> row.accept(DropRow.parse(f)));
    }

    /** Streams the drops per node; nothing for runs without these counts. */
    public void forEachNodeDrops(Consumer<NodeDropsRow> row) throws IOException {
        readRows("drops-by-node.csv", f -> row.accept(NodeDropsRow.parse(f)));
    }

    /** Streams the histograms of a tag, values in microseconds, with start and end time stamps in ms since the start of the run. */
    public void forEachLatency(String tag, Consumer<Histogram> histogram) throws IOException {
        forEachHistogram(tag::equals, histogram);
    }

    /**
     * Streams the histograms of some tags in file order, which is the order of the windows. Latencies are in microseconds, other values in
     * steps of their unit.
     */
    public void forEachHistogram(Predicate<String> tags, Consumer<Histogram> histogram) throws IOException {
        if (!readHistograms(data("latency.hlog"), tags, histogram)) {
            unreadable++;
        }
    }

    /** @return false if a line is damaged; the rest of the file is then missing */
    static boolean readHistograms(Path file, Predicate<String> tags, Consumer<Histogram> histogram) throws IOException {
        if (!Files.isRegularFile(file)) {
            return true;
        }
        // decoding is the expensive part: lines of other tags are skipped before it
        try (var in = new CompleteLinesInputStream(Files.newInputStream(file), line -> wanted(line, tags));
                var reader = new HistogramLogReader(in)) {
            for (Histogram h = next(reader); h != null; h = next(reader)) {
                if (h.getTag() != null && tags.test(h.getTag())) {
                    histogram.accept(h);
                }
            }
            return true;
        } catch (DamagedLineException e) {
            return false;
        }
    }

    /** Null at the end. */
    private static @Nullable Histogram next(HistogramLogReader reader) throws DamagedLineException {
        try {
            while (reader.hasNext()) {
                if (reader.nextIntervalHistogram() instanceof Histogram h) {
                    return h;
                }
            }
            return null;
        } catch (RuntimeException e) { // the type of the exception depends on the damage
            throw new DamagedLineException(e);
        }
    }

    private static final class DamagedLineException extends IOException {

        private static final long serialVersionUID = 1;

        DamagedLineException(Throwable cause) {
            super(cause);
        }
    }

    private static boolean wanted(String line, Predicate<String> tags) {
        int comma = line.indexOf(',');
        return !line.startsWith("Tag=") || (comma > 0 && tags.test(line.substring(4, comma)));
    }

    private void readWindows() throws IOException {
        readRows("windows.csv", f -> {
            WindowRow row = WindowRow.parse(f);
            series.computeIfAbsent(row.key(), k -> new MetricSeries(k, windows))
                    .add(row.startMs(), row.endMs(), row.value());
        });
    }

    private void readEvents() throws IOException {
        int nodes = 0;
        for (String line : completeLines("events.jsonl")) {
            try {
                EventRow event = Json.MAPPER.readValue(line, EventRow.class);
                if (event.type() != EventRow.Type.NODE || nodes++ < MAX_NODE_EVENTS) {
                    events.add(event);
                }
            } catch (JsonProcessingException e) {
                unreadable++;
            }
        }
    }

    private void readDigest() throws IOException {
        List<String> lines = completeLines("digest.txt");
        if (!lines.isEmpty()) {
            String last = lines.get(lines.size() - 1);
            digest = last.substring(last.indexOf(' ') + 1);
        }
    }

    private void readStacks() throws IOException {
        Path stacks = directory.resolve("logs").resolve("stacks.txt");
        if (!Files.isRegularFile(stacks)) {
            return;
        }
        try (Stream<String> lines = Files.lines(stacks, StandardCharsets.ISO_8859_1)) { // in which every byte is valid
            stuck = lines.findFirst().orElse("");
        }
    }

    private List<String> completeLines(String file) throws IOException {
        if (!Files.isRegularFile(data(file))) {
            return List.of();
        }
        try (var in = new CompleteLinesInputStream(Files.newInputStream(data(file)), line -> true)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** Counts rows that {@code row} rejects as unreadable. */
    private void readRows(String file, Consumer<List<String>> row) throws IOException {
        boolean whole = CsvFile.read(data(file), fields -> {
            try {
                row.accept(fields);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                unreadable++;
            }
        });
        unreadable += whole ? 0 : 1;
    }

    private Path data(String file) {
        return directory.resolve("data").resolve(file);
    }
}
