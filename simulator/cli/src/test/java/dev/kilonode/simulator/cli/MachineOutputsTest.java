package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CI servers read of a run. */
class MachineOutputsTest {

    @TempDir
    Path out;

    @Test
    void thePercentileIsTheSameInConsoleJsonPageXmlAndMarkdown() throws IOException {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.add("checks=[{id: fast, metric: upload.latency, stat: p95, op: <=, limit: 1s, min-samples: 1}]");
        Commands.Said said = Commands.onSmoke("run", out, values);
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.FAIL);
        Path run = Commands.onlyRun(out);
        Summary summary = Objects.requireNonNull(RunData.read(run).summary());
        CheckResult check = summary.checks().get(0);
        double p95 = Objects.requireNonNull(check.actual());
        assertThat(summary.metrics()).containsEntry("upload.latency.p95", p95);
        String seconds = String.format(Locale.ROOT, "%.1f s", p95 / 1000);
        String words = "upload.latency p95 was " + seconds;
        assertThat(String.join("\n", said.err())).contains("FAIL          fast  " + seconds);
        assertThat(Files.readString(run.resolve("summary.json"))).contains(Double.toString(p95));
        assertThat(Files.readString(run.resolve("report.html"))).contains(">" + seconds + "<");
        assertThat(Files.readString(run.resolve("junit.xml"))).contains(words, "actual " + p95);
        assertThat(Files.readString(run.resolve("summary.md"))).contains("| " + seconds + " |");
    }

    @Test
    void onGitHubFailedChecksAreAnnotatedAndTheJobHasASummary() throws IOException {
        Path summary = out.resolve("step-summary");
        List<String> line = Commands.onSmokeLine("run", out, Commands.SMALL, "--set", "checks[0].limit=1000");
        Commands.Said said = Commands.kilonode(
                line, Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString(), "CI", "true"));
        assertThat(said.exit()).isEqualTo(ExitCode.FAIL);
        assertThat(said.err().stream().filter(text -> text.startsWith("::error ")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("::error title=Check upload.succeeded-count failed::upload.succeeded count was ");
        assertThat(summary)
                .content()
                .isEqualTo(Files.readString(Commands.onlyRun(out).resolve("summary.md")));
    }

    @Test
    void copiesAreWrittenWhereRequestedAndFoldersAreCreated() throws IOException {
        Path junit = out.resolve("deep/er/junit.xml");
        Path markdown = out.resolve("deep/summary.md");
        Commands.Said said = Commands.onSmoke(
                "run", out, Commands.SMALL, "--junit", junit.toString(), "--summary-md", markdown.toString());
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        Path run = Commands.onlyRun(out);
        assertThat(junit).hasSameTextualContentAs(run.resolve("junit.xml"));
        assertThat(markdown).hasSameTextualContentAs(run.resolve("summary.md"));
    }

    @Test
    void aCopyThatCannotBeWrittenIsReportedBeforeTheRun() throws IOException {
        Path file = Files.writeString(out.resolve("file"), "");
        Commands.Said said = Commands.onSmoke(
                "run", out, Commands.SMALL, "--junit", file.resolve("junit.xml").toString());
        assertThat(said.exit()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(said.lastLine()).contains("--junit");
    }
}
