package dev.kilonode.reports.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubTest {

    @TempDir
    Path folder;

    @Test
    void atMostFiveFailedChecksAreAnnotated() {
        List<CheckResult> checks = IntStream.range(0, 20)
                .mapToObj(i -> check("check-" + i, i % 2 == 0 ? Status.PASS : Status.FAIL, "why"))
                .toList();
        assertThat(GitHubAnnotations.of(checks))
                .hasSize(5)
                .allMatch(line -> line.startsWith("::error title=Check check-"))
                .first()
                .isEqualTo("::error title=Check check-1 failed::m p95 was 2, limit <= 1, worst at 0.001 s: why");
    }

    @Test
    void namesCannotEndAnAnnotationOrStartAnother() {
        String hostile = "100%,a:b\n::warning::x\r::set-output name=y::\u202ez\u0000 " + "l".repeat(10_000);
        List<String> lines = GitHubAnnotations.of(List.of(check(hostile, Status.FAIL, hostile)));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .doesNotContain("\n", "\r", "\u202e")
                .startsWith("::error title=Check 100%25%2Ca%3Ab %3A%3Awarning%3A%3Ax ")
                .contains("100%25,a:b%0A::warning::x ::set-output")
                .hasSizeLessThan(2_000);
    }

    @Test
    void aJobSummaryIsAddedToWhatIsThere() throws Exception {
        Path file = Files.writeString(folder.resolve("summary"), "before\n");
        GitHubJobSummary.append(file, "ours\n");
        assertThat(file).hasContent("before\n\nours\n");
    }

    @Test
    void aJobSummaryIsCutAtALineAndSaysSo() throws Exception {
        Path file = folder.resolve("summary");
        String line = "| é | " + "w".repeat(90) + " |\n";
        GitHubJobSummary.append(file, line.repeat(20_000));
        assertThat(Files.size(file)).isBetween(890L * 1024, 900L * 1024);
        String text = Files.readString(file);
        assertThat(text).endsWith(" |\n\n\n*Truncated: summary.md in the results is complete.*\n");
        GitHubJobSummary.append(file, line);
        assertThat(file).content(StandardCharsets.UTF_8).isEqualTo(text);
    }

    private static CheckResult check(String id, Status status, String because) {
        return new CheckResult(id, "m", "p95", "<=", 1, status, 2.0, 1L, because, 1);
    }
}
