package dev.kilonode.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.run.UploadRow.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWriterTest {

    private static final String NASTY = "a,\"b\"\nc;é\u202e";

    @TempDir
    Path root;

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        var upload = new UploadRow(7, NASTY, 1, 2, 9L, 3, 4, Outcome.SUCCEEDED, 8L, 1, 2, 3, 4, 5, 6, 7);
        var running = new UploadRow(8, "u", 1, 2, null, 3, 4, Outcome.RUNNING, null, 1, 2, 3, 4, 5, 6, 7);
        var drop = new DropRow(5, NASTY, 3, "shard-full", "ping", "host-1");
        var byNode = new NodeDropsRow(NASTY, 1L << 40, 5, 6, "shard-full", "");
        var event = new EventRow(5, EventRow.Type.FAULT, NASTY, 9L, Map.of("share", 0.5, "nodes", List.of(1, 2)));
        var histogram = new Histogram(3);
        histogram.recordValue(1234);
        Path directory;
        try (RunWriter writer = open()) {
            directory = writer.directory();
            writer.window(0, 10, "m", "k=v", "p95", 1.5);
            writer.window(10, 20, "m", "k=v", "p95", 1e300);
            writer.window(10, 25, "m", "", "count", 3);
            writer.upload(upload);
            writer.upload(running);
            writer.drops(source(drop, byNode));
            writer.event(event);
            writer.latency("upload.latency{by=start}", 0, 10, histogram);
            writer.digest(10, "aa");
            writer.digest(20, "bb");
            writer.finish(summary(), Manifest.COMPLETE);
        }
        RunData data = RunData.read(directory);
        assertThat(data.manifest().status()).isEqualTo(Manifest.COMPLETE);
        assertThat(data.summary()).isEqualTo(summary());
        MetricSeries series = Objects.requireNonNull(data.series("m", "k=v", "p95"));
        assertThat(List.of(series.startMs(1), series.endMs(1), series.value(0), series.value(1)))
                .isEqualTo(List.of(10L, 20L, 1.5, 1e300));
        assertThat(data.lastMs()).isEqualTo(25);
        assertThat(data.events()).containsExactly(event);
        assertThat(data.digest()).isEqualTo("bb");
        var uploads = new ArrayList<UploadRow>();
        data.forEachUpload(uploads::add);
        assertThat(uploads).containsExactly(upload, running);
        var drops = new ArrayList<DropRow>();
        data.forEachDrop(drops::add);
        assertThat(drops).containsExactly(drop);
        var nodeDrops = new ArrayList<NodeDropsRow>();
        data.forEachNodeDrops(nodeDrops::add);
        assertThat(nodeDrops).containsExactly(byNode);
        var histograms = new ArrayList<Histogram>();
        data.forEachLatency("upload.latency{by=start}", histograms::add);
        assertThat(histograms).hasSize(1);
        assertThat(histograms.get(0).getTotalCount()).isEqualTo(1);
        assertThat(histograms.get(0).getEndTimeStamp()).isEqualTo(10);
        assertThat(data.unreadableRows()).isZero();
    }

    @Test
    void columnsAreTheContract() throws Exception {
        try (RunWriter writer = open()) {
            Path data = writer.directory().resolve("data");
            assertThat(Files.readString(data.resolve("windows.csv")))
                    .isEqualTo("start_ms,end_ms,metric,labels,stat,value\n");
            assertThat(Files.readString(data.resolve("uploads.csv")))
                    .isEqualTo(
                            "upload,uploader,intended_ms,start_ms,end_ms,bytes,chunks,outcome,latency_ms,identity_timeouts,retries,dial_ms,identity_ms,lookup_ms,quote_ms,store_ms\n");
            assertThat(Files.readString(data.resolve("drops.csv")))
                    .isEqualTo("time_ms,node,shard,cause,kind,from_host\n");
            assertThat(Files.readString(data.resolve("drops-by-node.csv")))
                    .isEqualTo("node,drops,first_ms,last_ms,main_cause,main_kind\n");
            assertThat(data.resolve("latency.hlog")).isNotEmptyFile();
            assertThat(data.resolve("events.jsonl")).exists();
            assertThat(data.resolve("digest.txt")).exists();
        }
    }

    @Test
    void aValueThatIsNotFiniteIsRefused() {
        try (RunWriter writer = open()) {
            for (double v : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                assertThatThrownBy(() -> writer.window(0, 1, "upload.latency", "", "p95", v))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("upload.latency");
            }
        }
    }

    @Test
    void noRunOverwritesAnotherAndLatestIsTheNewest() throws Exception {
        try (RunWriter first = open();
                RunWriter second = open()) {
            assertThat(first.directory()).isNotEqualTo(second.directory());
            assertThat(root.resolve("latest").toRealPath())
                    .isEqualTo(second.directory().toRealPath());
            assertThat(first.directory().getFileName().toString()).matches("\\d{8}T\\d{6}Z-[0-9a-f]{4}");
        }
    }

    @Test
    void aRunThatIsClosedWithoutAnEndHasCrashed() throws Exception {
        RunWriter writer = open();
        writer.close();
        assertThat(RunData.read(writer.directory()).manifest().status()).isEqualTo(Manifest.CRASHED);
    }

    @Test
    void rowsReachTheFileTenSecondsLaterWithoutAFlush() throws Exception {
        var clock = new AtomicLong();
        try (RunWriter writer = RunWriter.create(root, "r", manifest(), "", "", clock::get)) {
            Path file = writer.directory().resolve("data/windows.csv");
            writer.window(0, 1, "m", "", "count", 1);
            long before = Files.size(file);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
            writer.window(1, 2, "m", "", "count", 1);
            assertThat(Files.readString(file).substring((int) before)).isEqualTo("0,1,m,,count,1\n1,2,m,,count,1\n");
        }
    }

    @Test
    void dropsKnownTenSecondsAgoSurviveAKill() throws Exception {
        var clock = new AtomicLong();
        try (RunWriter writer = RunWriter.create(root, "r", manifest(), "", "", clock::get)) {
            for (int round = 1; round <= 3; round++) {
                writer.drops(source(
                        new DropRow(round, "n", 0, "shard-full", "", ""),
                        new NodeDropsRow("n", round, 1, round, "c", "k")));
                clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
                writer.window(round, round + 1, "m", "", "count", 1); // and nothing more: neither finish nor close
                Path data = writer.directory().resolve("data");
                assertThat(Files.readString(data.resolve("drops-by-node.csv")))
                        .endsWith("\nn," + round + ",1," + round + ",c,k\n");
                assertThat(Files.readString(data.resolve("drops.csv"))).endsWith("\n" + round + ",n,0,shard-full,,\n");
            }
        }
    }

    @Test
    void theLogOfDropsIsThereOnceThereAreLinesAndSurvivesAKill() throws Exception {
        var lines = new ArrayList<String>();
        var drops = new AtomicLong();
        try (RunWriter writer = open()) {
            Path log = writer.logs().resolve("drops.log");
            writer.drops(new DropSource() {
                @Override
                public long total() {
                    return drops.get();
                }

                @Override
                public List<DropRow> sample() {
                    return List.of();
                }

                @Override
                public List<NodeDropsRow> byNode() {
                    return List.of();
                }

                @Override
                public List<String> warnings() {
                    return lines;
                }
            });
            writer.flush();
            assertThat(log).doesNotExist();
            for (int i = 1; i <= 3; i++) {
                lines.add("line " + i);
                drops.incrementAndGet();
                writer.flush(); // and nothing more
                assertThat(Files.readAllLines(log)).isEqualTo(lines);
                assertThat(ChecksumVerifier.of(writer.directory()).problems()).isEmpty();
            }
            Files.writeString(log, "line 4\n", StandardOpenOption.APPEND);
        }
        assertThat(ChecksumVerifier.of(root.resolve("latest")).problems())
                .singleElement()
                .asString()
                .startsWith("logs/drops.log: 4 of 3 rows");
    }

    @Test
    void whateverByteAKillCutsAtTheRestIsReadable() throws Exception {
        Path directory;
        try (RunWriter writer = open()) {
            directory = writer.directory();
            for (int i = 0; i < 4; i++) {
                writer.window(i, i + 1, "m", "cause=" + NASTY, "count", i * 1000);
                writer.event(EventRow.at(EventRow.Type.NOTE, NASTY, i));
            }
        }
        for (String file : new String[] {"windows.csv", "events.jsonl"}) {
            Path path = directory.resolve("data").resolve(file);
            byte[] whole = Files.readAllBytes(path);
            int rows = -1;
            for (int length = 0; length <= whole.length; length++) {
                Files.write(path, java.util.Arrays.copyOf(whole, length));
                RunData data = RunData.read(directory);
                assertThat(data.unreadableRows()).as(file + " cut at " + length).isZero();
                int now = file.equals("events.jsonl")
                        ? data.events().size()
                        : data.series().stream().mapToInt(MetricSeries::size).sum();
                assertThat(now).as(file + " cut at " + length).isGreaterThanOrEqualTo(Math.max(0, rows));
                rows = now;
            }
            assertThat(rows).isEqualTo(4);
        }
    }

    @Test
    void aFolderThatIsNoRunIsNamedInTheError() {
        assertThatThrownBy(() -> RunData.read(root)).hasMessageContaining("not a run directory");
    }

    @Test
    void namesThatDoNotFitAFolderAreMadeToFit() {
        assertThat(List.of("../../etc", "a/b c", "", "latest", ".hidden"))
                .extracting(RunDirectory::folderName)
                .containsExactly("-etc".substring(1), "a-b-c", "run-", "run-latest", "hidden");
    }

    @Test
    void theSummaryHasTheKeysOfItsSchemaAndNoOther() throws Exception {
        JsonNode schema = Json.MAPPER.readTree(
                Path.of("..", "docs", "summary.schema.json").toFile());
        JsonNode written = Json.MAPPER.readTree(Json.line(summary()));
        assertThat(keys(written)).isEqualTo(keys(schema.get("properties")));
        assertThat(keys(written.get("checks").get(0)))
                .isEqualTo(keys(schema.at("/properties/checks/items/properties")));
        assertThat(written.get("verdict").asText()).isEqualTo("fail");
        assertThat(written.get("checks").get(0).get("actual").isNull()).isTrue();
    }

    @Test
    void aCheckWithoutAValueNeverPasses() {
        assertThatThrownBy(() -> new CheckResult("c", "m", "p95", "<=", 1, Status.PASS, null, null, "", 0))
                .hasMessageContaining("inconclusive");
    }

    private static TreeSet<String> keys(JsonNode node) {
        var keys = new TreeSet<String>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private RunWriter open() {
        return RunWriter.create(root, "r", manifest(), "name: r\n", "name: r\nseed: 1\n");
    }

    private static Manifest manifest() {
        return Manifest.starting("0.1", "r", "r.yaml", "h", 1, "virtual", 2, 1000, "./kilonode run r.yaml");
    }

    private static Summary summary() {
        return new Summary(
                1,
                Summary.Verdict.FAIL,
                1,
                "r",
                "h",
                1,
                "virtual",
                2,
                20,
                30,
                40,
                50,
                "bb",
                List.of(new CheckResult("c", "m", "p95", "<=", 1.5, Status.INCONCLUSIVE, null, null, NASTY, 0)),
                Map.of("upload.latency.p95", 2.5));
    }

    /** One drop in the sample, and one node. */
    private static DropSource source(DropRow drop, NodeDropsRow node) {
        return new DropSource() {
            @Override
            public long total() {
                return node.drops();
            }

            @Override
            public List<DropRow> sample() {
                return List.of(drop);
            }

            @Override
            public List<NodeDropsRow> byNode() {
                return List.of(node);
            }
        };
    }
}
