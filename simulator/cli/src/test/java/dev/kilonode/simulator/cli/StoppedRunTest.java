package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.LocalRunner;
import dev.kilonode.simulator.run.ProgressListener;
import dev.kilonode.simulator.run.ProgressReport;
import dev.kilonode.simulator.run.RunResult;
import dev.kilonode.simulator.run.RunSpec;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedRunTest {

    private static final long STOP_AT_NANOS = 75_000_000_000L;

    @TempDir
    Path out;

    @Test
    void aStopInMidRunLeavesAReportAndListsWhatWasRunning() throws Exception {
        StopSignal stop = new StopSignal();
        RunResult result = RunCommand.perform(new LocalRunner(), spec(), new StopsLate(stop), stop);
        assertThat(result.exit()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(result.words()).startsWith("interrupted by Ctrl-C after ");
        RunData data = RunData.read(result.directory());
        assertThat(data.manifest().status()).isEqualTo(Manifest.ABORTED);
        Summary summary = Objects.requireNonNull(data.summary());
        assertThat(summary.exitCode()).isEqualTo(130);
        assertThat(summary.durationMs()).isBetween(75_000L, 90_000L);
        assertThat(data.lastMs()).isEqualTo(summary.durationMs());
        List<UploadRow> uploads = uploads(data);
        assertThat(uploads).isNotEmpty().allMatch(row -> row.outcome() == UploadRow.Outcome.RUNNING);
        assertThat(Files.readString(result.report()))
                .containsIgnoringCase("</html>")
                .contains("partial");
    }

    @Test
    void aRunOverItsTimeBudgetHasFailedAndSaysWhy() throws IOException {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.add("checks=[]");
        Commands.Said said = Commands.onSmoke("run", out, values, "--time-budget", "1ms");
        assertThat(said.exit()).isEqualTo(ExitCode.FAIL);
        assertThat(said.lastLine()).startsWith("kilonode: FAIL (exit 1): over its time budget of ");
        RunData data = RunData.read(Commands.onlyRun(out));
        assertThat(data.manifest().status()).isEqualTo(Manifest.ABORTED);
        Summary summary = Objects.requireNonNull(data.summary());
        assertThat(summary.verdict()).isEqualTo(Summary.Verdict.FAIL);
        assertThat(summary.exitCode()).isEqualTo(1);
        assertThat(data.directory().resolve("report.html")).content().contains("over its time budget of 1ms");
        assertThat(data.directory().resolve("junit.xml"))
                .content()
                .contains("name=\"time-budget\"", "<failure ", "over its time budget of 1ms");
        assertThat(data.directory().resolve("summary.md")).content().contains("over its time budget of 1ms");
    }

    @Test
    void theBudgetIsACheckThatIsEvaluatedWithinAStride() throws IOException {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.add("checks=[]");
        values.add("dht.notifications.rate=1000000000/s"); // a stride of 5 s would be 80 billion events
        Commands.Said said = Commands.onSmoke("run", out, values, "--time-budget", "2s");
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.FAIL);
        assertThat(said.lastLine()).startsWith("kilonode: FAIL (exit 1): over its time budget of 2s");
        RunData data = RunData.read(Commands.onlyRun(out));
        Summary summary = Objects.requireNonNull(data.summary());
        assertThat(summary.durationMs()).as("not a whole stride").isLessThan(5_000);
        assertThat(summary.checks()).hasSize(1);
        CheckResult budget = summary.checks().get(0);
        assertThat(budget.id()).isEqualTo("time-budget");
        assertThat(budget.status()).isEqualTo(CheckResult.Status.FAIL);
        assertThat(budget.limit()).isEqualTo(2_000);
        assertThat(budget.actual()).isGreaterThan(2_000);
    }

    @Test
    void aStopWhileTheNetworkIsMadeLeavesAReport() throws Exception {
        StopSignal stop = new StopSignal();
        assertThat(stop.request(ExitCode.TERMINATED)).isTrue();
        RunResult result = RunCommand.perform(new LocalRunner(), spec(), ProgressListener.NONE, stop);
        assertThat(result.exit()).isEqualTo(ExitCode.TERMINATED);
        assertThat(result.words()).contains("before the network was there");
        RunData data = RunData.read(result.directory());
        assertThat(data.manifest().status()).isEqualTo(Manifest.ABORTED);
        assertThat(Objects.requireNonNull(data.summary()).exitCode()).isEqualTo(143);
        assertThat(result.report()).exists();
    }

    private RunSpec spec() {
        List<ValueOverride> values = Commands.SMALL.stream()
                .map(text -> ValueOverride.parse("test", text))
                .toList();
        LoadedScenario loaded = new ScenarioLoader().load(Path.of(Commands.SMOKE), values);
        return RunSpec.of(loaded, out, "./kilonode run").named("smoke");
    }

    private static List<UploadRow> uploads(RunData data) throws IOException {
        List<UploadRow> rows = new ArrayList<>();
        data.forEachUpload(rows::add);
        return rows;
    }

    /** Presses Ctrl-C once the run's own clock has passed a time at which uploads are under way. */
    private static final class StopsLate implements ProgressListener {
        private final StopSignal stop;

        StopsLate(StopSignal stop) {
            this.stop = stop;
        }

        @Override
        public void report(ProgressReport report) {
            if (report.virtualNanos() >= STOP_AT_NANOS && !stop.requested()) {
                assertThat(stop.request(ExitCode.INTERRUPTED)).isTrue();
            }
        }

        @Override
        public void finished() {}
    }
}
