package dev.kilonode.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.render.text.Markdown;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

@Tag("once")
class ReporterTest {

    private static final String HOSTILE = "</script><script>document.title='broken'</script><img src=x"
            + " onerror=alert(1)>]]>\"'&\u202eevil\u2067\u0001\u0008\ud800 "
            + "x".repeat(10_000);

    @TempDir
    Path root;

    @Test
    void aDegradedRunSaysWhatHappenedAndWhen() throws Exception {
        ReportModel model = Reporter.write(SyntheticRun.degraded(root));
        assertThat(model.verdict()).isEqualTo("FAIL");
        assertThat(model.headline())
                .containsPattern("upload p95 rose from 3\\.\\d+ min to 1\\d(\\.\\d)? min")
                .contains("the first at 7 h 3", "identity time-outs, the first by 9 h");
        assertThat(model.reason()).contains("2 of 5 checks failed");
        assertThat(model.charts()).filteredOn(Chart::drawn).hasSameSizeAs(model.charts());
    }

    @Test
    void aHealthyRunSaysSo() throws Exception {
        ReportModel model = Reporter.write(SyntheticRun.healthy(root));
        assertThat(model.verdict()).isEqualTo("PASS");
        assertThat(model.headline()).contains("stayed about the same", "no drops", "no identity time-outs");
        assertThat(model.chart("drops").note()).contains("Not shown");
    }

    @Test
    void thirtyThreeHoursOfSecondsStayUnderFiveMegabytes() throws Exception {
        // windows of 20 s: each series has more windows than points may be shown
        Path run = SyntheticRun.degraded(root, 20_000);
        Reporter.write(run);
        assertThat(Files.size(run.resolve("report.html"))).isLessThan(5_000_000);
    }

    @Test
    void aRunOfTwoSecondsHasChartsWithPoints() throws Exception {
        ReportModel model = Reporter.write(SyntheticRun.twoSeconds(root));
        assertThat(model.charts()).filteredOn(Chart::drawn).hasSizeGreaterThan(20);
        assertThat(model.chart("cpu").lines().get(0).points().size()).isEqualTo(2);
        assertThat(model.verdict()).isEqualTo("INCONCLUSIVE");
    }

    @Test
    void aRunWithoutDataIsInconclusiveInWords() throws Exception {
        Path run = SyntheticRun.empty(root);
        ReportModel model = Reporter.write(run);
        assertThat(model.verdict()).isEqualTo("INCONCLUSIVE");
        assertThat(model.headline()).contains("nothing was measured");
        assertThat(model.charts()).noneMatch(Chart::drawn);
        for (String file : List.of("report.html", "junit.xml", "summary.md", "summary.json")) {
            String text = Files.readString(run.resolve(file));
            String visible = file.endsWith(".html") ? Jsoup.parse(text).body().text() : text;
            assertThat(visible).as(file).doesNotContain("NaN", "Infinity", "null min");
        }
        assertThat(Files.readString(run.resolve("junit.xml"))).contains("<error", "tests=\"2\"", "errors=\"2\"");
    }

    @Test
    void namesThatTryToBreakOutStayText() throws Exception {
        Path run = SyntheticRun.hostile(root, HOSTILE);
        Reporter.write(run);
        Document page = Jsoup.parse(Files.readString(run.resolve("report.html")));
        assertThat(page.select("script")).hasSize(3);
        assertThat(page.select("img[src=x]")).isEmpty();
        assertThat(page.select("[onerror]")).isEmpty();
        assertThat(page.select("table").text()).contains("<img src=x onerror=alert(1)>");
        assertThat(page.outerHtml()).doesNotContain("\u0001");
        var xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(run.resolve("junit.xml")))));
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(2);
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(Files.readString(run.resolve("summary.md"))).doesNotContain("<script", "\u202e");
    }

    @Test
    void allOutputsGiveTheSameNumber() throws Exception {
        Path run = SyntheticRun.degraded(root);
        ReportModel model = Reporter.write(run);
        assertThat(model.checks().get(0).actual()).isEqualTo(702_000.0);
        assertThat(Files.readString(run.resolve("summary.json"))).contains("702000.0");
        assertThat(Jsoup.parse(Files.readString(run.resolve("report.html")))
                        .select("#checks + div tbody tr")
                        .get(0)
                        .text())
                .contains("11.7 min");
        assertThat(Files.readString(run.resolve("junit.xml"))).contains("upload.latency p95 was 11.7 min");
        assertThat(Files.readString(run.resolve("summary.md"))).contains("| 11.7 min |");
    }

    @Test
    void reportsOfAKilledRunAreMarked() throws Exception {
        Path run = SyntheticRun.killed(root);
        ReportModel model = Reporter.write(run);
        assertThat(model.verdict()).isEqualTo("INCONCLUSIVE");
        assertThat(model.reason()).isEqualTo("the run crashed or was killed, its data reach 10 h of 33 h");
        assertThat(model.warnings()).anyMatch(w -> w.contains("10 h of 33 h planned"));
    }

    @Test
    void aReportCanBeMadeAgainAndChartsWithoutDataGo() throws Exception {
        Path run = SyntheticRun.empty(root);
        Files.createDirectories(run.resolve("charts"));
        Files.writeString(run.resolve("charts/drops.png"), "of an older report");
        Reporter.write(run);
        Reporter.write(run);
        try (Stream<Path> charts = Files.list(run.resolve("charts"))) {
            assertThat(charts).isEmpty();
        }
    }

    @Test
    void aJobSummaryOfFiveThousandFailingChecksStaysUnderOneMebibyte() throws Exception {
        ReportModel model = Reporter.write(SyntheticRun.empty(root));
        var checks = new ArrayList<CheckResult>();
        for (int i = 0; i < 5_000; i++) {
            checks.add(new CheckResult("check-" + i, "m", "p95", "<=", 1, Status.FAIL, 2.0, 1L, "é".repeat(900), 1));
        }
        var many = new ReportModel(
                model.title(),
                model.verdict(),
                model.exitCode(),
                model.reason(),
                model.headline(),
                model.facts(),
                model.warnings(),
                checks,
                model.keyFigures(),
                model.durationMs(),
                model.spans(),
                model.moments(),
                model.charts(),
                model.tables(),
                model.reproduce());
        byte[] text = Markdown.of(many).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(text.length).isLessThan(900 * 1024);
        assertThat(new String(text, java.nio.charset.StandardCharsets.UTF_8))
                .contains("more checks are in summary.json");
    }

    @Test
    void picturesThatNobodyWantsAreLeftOutAndThePageKeepsItsOwn() throws Exception {
        Path run = SyntheticRun.healthy(root);
        Reporter.write(run, false);
        try (Stream<Path> charts = Files.list(run.resolve("charts"))) {
            assertThat(charts).isEmpty();
        }
        assertThat(run.resolve("report.html")).content().contains("data:image/png");
    }
}
