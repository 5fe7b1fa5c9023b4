package dev.kilonode.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.render.png.PngCharts;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.WorkerRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a run over several processes. */
class SeveralWorkersTest {

    @TempDir
    Path root;

    @Test
    void aRowAWorkerSaysHowItWas() throws Exception {
        ReportModel model = Reporter.write(SeveralWorkersRun.of(root));
        List<ReportModel.Table> tables = model.tables().stream()
                .filter(table -> table.section().equals(ReportModel.WORKERS))
                .toList();
        assertThat(tables).hasSize(1);
        ReportModel.Table table = tables.get(0);
        assertThat(table.note())
                .startsWith("75 % of the frames that nodes sent crossed between workers; 75 % are expected");
        int state = table.columns().indexOf("state");
        assertThat(table.rows().stream().map(row -> row.get(state)))
                .containsExactly("ok", "saturated in 5 of 120 windows", "lost at 12 min 3 s: killed", "ok");
        assertThat(table.rows().get(3))
                .hasSameSizeAs(table.columns())
                .contains("250", "25", "host-b", "-3.4 ± 0.4 ms", "10.1.3.0/24", "4003");
        assertThat(table.rows().get(3).get(table.columns().indexOf("control plane")))
                .startsWith("0.40 % of a core, 9.50 kB/s")
                .endsWith("9 threads");
    }

    @Test
    void chartsOfTheTesterHaveALineAWorkerAndTheLossIsMarked() throws Exception {
        ReportModel model = Reporter.write(SeveralWorkersRun.of(root));
        for (String id :
                List.of("tester-lag", "tester-busy", "tester-cpu", "jvm-heap", "jvm-resident", "jvm-threads")) {
            assertThat(model.chart(id).lines())
                    .as(id)
                    .extracting(Chart.Line::name)
                    .containsExactly("worker 0", "worker 1", "worker 2", "worker 3");
            assertThat(model.chart(id).section()).isEqualTo("Workers");
        }
        Chart.Line lost = model.chart("tester-busy").lines().get(2);
        assertThat(lost.points().endMs()[lost.points().size() - 1]).isEqualTo(720_000);
        assertThat(model.charts()).extracting(Chart::id).doesNotHaveDuplicates();
        assertThat(model.moments())
                .contains(new ReportModel.Moment(SeveralWorkersRun.LOST_MS, "worker 2 lost: killed", true));
        assertThat(model.spans())
                .contains(new ReportModel.Span(
                        true, "worker-2-lost", SeveralWorkersRun.LOST_MS, SeveralWorkersRun.PLANNED_MS));
        assertThat(model.facts()).contains("1,000 nodes · 4 JVMs · ");
        assertThat(model.reproduce().get("Workers")).startsWith("4 JVMs on host-a, host-b; ");
        assertThat(PngCharts.of(model)).containsKeys("tester-lag", "tester-busy", "jvm-heap", "gc-pauses");
    }

    @Test
    void theMarkdownHasTheWorkersAndRunsInOneProcessHaveNone() throws Exception {
        Path run = SeveralWorkersRun.of(root);
        Reporter.write(run);
        assertThat(Files.readString(run.resolve("summary.md")))
                .contains("| worker | state | nodes | hosts | machine |")
                .contains("| 2 | lost at 12 min 3 s: killed | 250 | 25 | host-b |")
                .contains("| 12 min 3 s | worker 2 lost: killed |")
                .contains("worker 2 was lost at 12 min 3 s with 250 nodes: killed");
        ReportModel alone = Reporter.write(SyntheticRun.healthy(root));
        assertThat(alone.tables()).noneMatch(table -> table.section().equals(ReportModel.WORKERS));
        assertThat(alone.charts()).noneMatch(chart -> chart.section().equals(ReportModel.WORKERS));
        assertThat(alone.facts()).doesNotContain("JVM");
    }

    @Test
    void theManifestHasTheWorkersFromTheStartAndNoKeyWithoutThem() throws Exception {
        Manifest manifest = Manifest.starting("0.1.0", "w", "w", "h", 1, "wall", 4, 60_000, "./kilonode run w.yaml");
        try (RunWriter writer = RunWriter.create(root, "w", manifest, "name: w\n", "name: w\n")) {
            Path file = writer.directory().resolve("manifest.json");
            assertThat(Files.readString(file)).doesNotContain("\"workers\"");
            assertThat(RunData.read(writer.directory()).manifest().jvms()).isEqualTo(1);
            List<WorkerRow> workers = List.of(worker(0), worker(1));
            writer.workers(workers);
            assertThat(RunData.read(writer.directory()).manifest().workers()).isEqualTo(workers);
            assertThat(Files.readString(file))
                    .contains("\"max_heap_bytes\" : 1000", "\"clock_offset_ms\" : 1.5", "\"lost_at_ms\" : null");
            writer.window(0, 1_000, "transport.delivered", "", "count", 1);
            List<WorkerRow> lost = List.of(worker(0), worker(1).lost(700, "killed"));
            writer.workers(lost);
            RunData data = RunData.read(writer.directory());
            assertThat(data.manifest().workers()).isEqualTo(lost);
            assertThat(data.manifest().jvms()).isEqualTo(2);
            assertThat(data.integrity().intact()).isTrue();
            RunWriter.abandon(writer.directory(), Manifest.CRASHED);
            assertThat(RunData.read(writer.directory()).manifest().workers()).isEqualTo(lost);
        }
    }

    private static WorkerRow worker(int number) {
        return new WorkerRow(number, "here", 7, "JVM", 2, 1000, 2, 1, null, 1.5, 0.25, null, null);
    }
}
