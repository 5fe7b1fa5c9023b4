package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    /** 180 s in windows of 30 s. */
    private static final int WINDOWS = 6;

    @TempDir
    Path out;

    @Test
    void aRunWritesAllItsFiles() throws IOException {
        Commands.Said said = Commands.onSmoke("run", out, Commands.SMALL);
        assertThat(said.exit()).as(String.join("\n", said.err())).isEqualTo(ExitCode.PASS);
        Path run = Commands.onlyRun(out);
        assertThat(said.lastLine())
                .isEqualTo("kilonode: PASS (exit 0): all 4 checks passed: " + run.resolve("report.html"));
        for (String file : List.of(
                "manifest.json",
                "scenario.yaml",
                "scenario.resolved.yaml",
                "summary.json",
                "report.html",
                "junit.xml",
                "summary.md",
                "data/windows.csv",
                "data/latency.hlog",
                "data/events.jsonl",
                "data/uploads.csv",
                "data/drops.csv",
                "data/drops-by-node.csv",
                "data/digest.txt",
                "logs",
                "charts")) {
            assertThat(run.resolve(file)).exists();
        }
        RunData data = RunData.read(run);
        Summary summary = Objects.requireNonNull(data.summary());
        assertThat(data.manifest().status()).isEqualTo(Manifest.COMPLETE);
        assertThat(data.manifest().endedAt()).isNotNull();
        assertThat(data.unreadableRows()).isZero();
        summaryFitsItsSchema(run);
        assertThat(summary.verdict()).isEqualTo(Summary.Verdict.PASS);
        assertThat(summary.durationMs()).isEqualTo(180_000);
        assertThat(summary.messagesDelivered()).isPositive();
        digestsFollowTheWindows(run, summary);
        everyMetricHasItsRows(data);
        everyUploadHasItsRow(data, summary);
    }

    @Test
    void aDeadNetworkPassesNoCheckAndItsReportIsComplete() throws IOException {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.add("faults=[{name: all-gone, kind: kill, at: 40s, lasting: 140s, share: 100%}]");
        values.add("checks=[{metric: upload.latency, stat: p95, op: <=, limit: 5min},"
                + " {metric: transport.drops, stat: ratio, op: <=, limit: 1%}]");
        Commands.Said said = Commands.onSmoke("run", out, values);
        Path run = Commands.onlyRun(out);
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(said.lastLine()).contains("no upload succeeded: ").contains("0 succeeded");
        summaryFitsItsSchema(run);
        for (String file : List.of("summary.json", "summary.md", "junit.xml", "report.html", "data/windows.csv")) {
            assertThat(withoutEncodedPictures(Files.readString(run.resolve(file))))
                    .as(file)
                    .doesNotContainPattern("[^A-Za-z](NaN|-?Infinity)[^A-Za-z(]");
        }
        assertThat(Files.readString(run.resolve("report.html"))).contains("all-gone");
    }

    @Test
    void aFailedCheckEndsWithOneAndIsNamed() {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.add("checks[0].limit=1000");
        values.add("checks[0].id=a-thousand");
        Commands.Said said = Commands.onSmoke("run", out, values);
        assertThat(said.exit()).isEqualTo(ExitCode.FAIL);
        assertThat(said.lastLine()).startsWith("kilonode: FAIL (exit 1): 1 of 4 checks failed: a-thousand: ");
    }

    @Test
    void aCheckThatEndsTheRunIsNamedAmongItsEvents() throws IOException {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.add("checks=[{id: hopeless, metric: transport.delivered, stat: count, op: '>=', limit: 99999999,"
                + " over: window 1m, abort: true}]");
        Commands.Said said = Commands.onSmoke("run", out, values);
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.FAIL);
        RunData data = RunData.read(Commands.onlyRun(out));
        assertThat(data.manifest().status()).isEqualTo(Manifest.ABORTED);
        assertThat(data.events())
                .filteredOn(event -> event.type() == EventRow.Type.NOTE)
                .singleElement()
                .satisfies(event -> assertThat(event.name()).startsWith("ended after 1 min of 3 min by hopeless"));
    }

    @Test
    void trendsAndWindowsAreInEveryOutput() throws IOException {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.addAll(List.of(
                "duration=10m",
                "checks=[{id: steady, metric: request.latency, stat: mean, over: trend, op: <=, limit: 900%},"
                        + " {id: windows, metric: transport.drops, stat: count, where: {shard: 1}, over: window"
                        + " 2m, op: ==, limit: 0}]"));
        Commands.Said said = Commands.onSmoke("run", out, values);
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        Path run = Commands.onlyRun(out);
        summaryFitsItsSchema(run);
        Summary summary = Objects.requireNonNull(RunData.read(run).summary());
        assertThat(summary.checks().get(0).trend()).isNotNull();
        assertThat(summary.health()).isNotEmpty().allMatch(finding -> finding.fit());
        for (String file : List.of("summary.md", "junit.xml", "report.html")) {
            assertThat(Files.readString(run.resolve(file)))
                    .as(file)
                    .contains("request.latency mean, trend")
                    .contains("transport.drops count, shard=1, window 2m")
                    .containsPattern(" p [0-9.]+ over [0-9]+ blocks");
        }
    }

    @Test
    void uploadersThatNeverStartAreInconclusiveOrAFailureOnRequest() {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.addAll(
                List.of("workload.uploaders.start-after=179s", "workload.uploaders.start-spread=9h", "checks=[]"));
        Commands.Said said = Commands.onSmoke("run", out, values);
        assertThat(said.exit()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(said.lastLine()).startsWith("kilonode: INCONCLUSIVE (exit 3): no upload was started: ");
        assertThat(Commands.onSmoke("run", out, values, "--fail-on", "inconclusive")
                        .exit())
                .isEqualTo(ExitCode.FAIL);
    }

    /** A picture in base64 may spell any word. */
    private static String withoutEncodedPictures(String page) {
        return page.replaceAll("[A-Za-z0-9+/=]{1000,}", "");
    }

    private static void summaryFitsItsSchema(Path run) throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Files.readString(Path.of("../..", "docs", "summary.schema.json")));
        assertThat(schema.validate(Files.readString(run.resolve("summary.json")), InputFormat.JSON))
                .isEmpty();
    }

    private static void digestsFollowTheWindows(Path run, Summary summary) throws IOException {
        List<String> digests = Files.readAllLines(run.resolve("data/digest.txt"));
        assertThat(digests).hasSize(WINDOWS);
        for (int i = 0; i < WINDOWS; i++) {
            assertThat(digests.get(i)).matches((i + 1) * 30_000 + " [0-9a-f]{32}");
        }
        assertThat(digests.get(WINDOWS - 1)).endsWith(" " + summary.digest());
    }

    private static void everyMetricHasItsRows(RunData data) {
        Set<String> absent = new TreeSet<>();
        Set<Metric> notCounted = EnumSet.noneOf(Metric.class);
        for (Metric metric : Metric.values()) {
            String stat = metric.isCounter() ? "count" : "mean";
            var all = data.all(metric.id(), stat);
            if (all.isEmpty() && mayBeAbsent(metric.id())) continue;
            if (all.isEmpty()) absent.add(metric.id());
            // a counter says 0 where nothing happened, so that a reader can tell nothing from no data
            if (metric.isCounter()
                    && !mayBeAbsent(metric.id())
                    && all.stream().noneMatch(series -> series.size() == WINDOWS)) notCounted.add(metric);
        }
        assertThat(absent).isEmpty();
        assertThat(notCounted).isEmpty();
        Set<String> known =
                new TreeSet<>(Arrays.stream(Metric.values()).map(Metric::id).toList());
        assertThat(known)
                .containsAll(
                        data.series().stream().map(one -> one.key().metric()).toList());
    }

    /** What only wall time has, and samples of what this scenario has switched off. */
    private static boolean mayBeAbsent(String id) {
        return id.startsWith("jvm.")
                || id.startsWith("tester.")
                || id.startsWith("link.")
                || id.startsWith("rogue.")
                || Set.of("replication.sync.latency", "replication.hints.keys", "replication.hints.latency")
                        .contains(id);
    }

    private static void everyUploadHasItsRow(RunData data, Summary summary) throws IOException {
        List<UploadRow> uploads = new ArrayList<>();
        data.forEachUpload(uploads::add);
        assertThat(summary.metrics()).containsEntry("upload.started.count", (double) uploads.size());
        assertThat(Stream.of(UploadRow.Outcome.values())
                        .mapToLong(outcome -> uploads.stream()
                                .filter(row -> row.outcome() == outcome)
                                .count())
                        .sum())
                .isEqualTo(uploads.size())
                .isPositive();
        assertThat(uploads).extracting(UploadRow::upload).doesNotHaveDuplicates();
    }
}
