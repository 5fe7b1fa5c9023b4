package dev.kilonode.reports.render.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kilonode.reports.ComparisonReport;
import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.SeveralWorkersRun;
import dev.kilonode.reports.SyntheticRun;
import dev.kilonode.reports.WrittenRun;
import dev.kilonode.reports.compare.Comparer;
import dev.kilonode.reports.compare.Comparison;
import dev.kilonode.reports.compare.RunSearch;
import dev.kilonode.reports.model.Chart;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.suite.Grid;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteAxis;
import dev.kilonode.reports.suite.SuiteRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page in a real browser: charts are there, nothing is asked of a network, nothing goes wrong. */
@Tag("once")
class BrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final String SIDEWAYS =
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth";

    @TempDir
    static Path root;

    private static ChromeDriver browser;

    @BeforeAll
    static void open() {
        assumeTrue(Files.exists(CHROMIUM) && Files.exists(DRIVER), "no chromium on this machine");
        var logs = new LoggingPreferences();
        logs.enable("browser", Level.ALL);
        logs.enable("performance", Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + root.resolve("profile"),
                "--window-size=1280,900");
        options.setCapability("goog:loggingPrefs", logs);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void aLongRunOpensOfflineWithAllItsChartsAndNoError() throws Exception {
        ReportModel model = show(SyntheticRun.degraded(root));
        assertThat(canvases()).isEqualTo(drawn(model) + 1);
        assertThat(browser.findElements(By.cssSelector("noscript, #fallback *")).size())
                .isEqualTo(1);
    }

    @Test
    void chartsZoomTogether() throws Exception {
        show(SyntheticRun.degraded(root));
        browser.executeScript(
                "kilonode.charts[3].instance.dispatchAction({type:'dataZoom', dataZoomId:'zoom', start:40, end:60})");
        @SuppressWarnings("unchecked")
        var starts = (List<Number>) browser.executeScript(
                "return kilonode.charts.map(c => Math.round(c.instance.getOption().dataZoom.find(z => z.id ==="
                        + " 'zoom').start))");
        assertThat(starts).isNotEmpty().allMatch(s -> s.intValue() == 40);
        assertNoErrors();
    }

    @Test
    void theTableBehindAChartHoldsItsNumbers() throws Exception {
        show(SyntheticRun.degraded(root));
        browser.executeScript("document.querySelector('#figure-drops details').open = true");
        until("document.querySelector('#figure-drops table')");
        assertThat(browser.findElements(By.cssSelector("#figure-drops tbody tr")))
                .hasSize(396);
        assertNoErrors();
    }

    @Test
    void aNarrowPageDoesNotScrollSideways() throws Exception {
        browser.manage().window().setSize(new Dimension(390, 800));
        try {
            show(SyntheticRun.degraded(root));
            assertThat((Boolean) browser.executeScript(SIDEWAYS)).isFalse();
        } finally {
            browser.manage().window().setSize(new Dimension(1280, 900));
        }
    }

    @Test
    void aRunInSeveralProcessesShowsItsWorkersWideAndNarrow() throws Exception {
        ReportModel model = show(SeveralWorkersRun.of(root));
        assertThat(canvases()).isEqualTo(drawn(model) + 1);
        assertThat(browser.findElements(By.cssSelector("nav a[href='#s-workers']")))
                .hasSize(1);
        assertThat(browser.findElements(By.cssSelector("#s-workers ~ div .scroll"))
                        .get(0)
                        .getText())
                .contains("lost at 12 min 3 s: killed", "saturated in 5 of 120 windows");
        assertThat(browser.findElement(By.cssSelector(".headline")).getText())
                .contains("worker 2 was lost at 12 min 3 s");
        browser.manage().window().setSize(new Dimension(390, 800));
        try {
            show(SeveralWorkersRun.of(root, "</script><script>document.title='broken'</script>\u202e\"'<b>"));
            assertThat((Boolean) browser.executeScript(
                            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
            assertThat(browser.getTitle()).startsWith("INCONCLUSIVE");
        } finally {
            browser.manage().window().setSize(new Dimension(1280, 900));
        }
    }

    @Test
    void shortEmptyKilledAndHostileRunsOpenToo() throws Exception {
        for (Path run : List.of(
                SyntheticRun.twoSeconds(root),
                SyntheticRun.empty(root),
                SyntheticRun.killed(root),
                SyntheticRun.hostile(root, "</script><script>document.title='broken'</script>\u202e\"'<b>"))) {
            ReportModel model = show(run);
            assertThat(canvases()).as(run.toString()).isEqualTo(drawn(model) + 1);
            assertThat(browser.getTitle()).doesNotContain("broken'</script>x").startsWith(model.verdict());
        }
    }

    @Test
    void aComparisonOpensOfflineWithBothSidesInOneChartWideAndNarrow() throws Exception {
        new WrittenRun(root).folder("before").several(8, 30_000, 1);
        new WrittenRun(root).folder("after").registry("scoped-locks").several(8, 40_000, 2);
        Path page = root.resolve("comparison.html");
        ComparisonReport.write(compared("before", "after"), page);
        open(page);
        assertThat(canvases()).isEqualTo(1);
        assertThat(browser.findElements(By.cssSelector(".forest svg")).size()).isGreaterThan(3);
        assertThat(browser.findElement(By.cssSelector(".headline")).getText())
                .startsWith("WORSE: upload latency p50 +3");
        assertThat(browser.getPageSource()).contains("transport.registry: lock-across-registration");
        browser.manage().window().setSize(new Dimension(400, 800));
        try {
            open(page);
            assertThat((Boolean) browser.executeScript(
                            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
        } finally {
            browser.manage().window().setSize(new Dimension(1280, 900));
        }
    }

    @Test
    void aComparisonOfHostileNamesAndNoUploadsOpensToo() throws Exception {
        String evil = "</script><script>document.title='broken'</script>\u202e\"'<b>";
        for (long seed = 1; seed <= 4; seed++) {
            new WrittenRun(root).folder("evil").name(evil).write(seed, Map.of(evil + ".count", 1.0 * seed));
        }
        Path page = root.resolve("evil.html");
        ComparisonReport.write(compared("evil", "evil"), page);
        open(page);
        assertThat(browser.getTitle()).startsWith("INSUFFICIENT");
        assertThat(browser.findElement(By.cssSelector(".headline")).getText()).contains("no run has it on either side");
    }

    /** Three axes, of which one has a hostile name, and a cell without a result. */
    @Test
    void aSweepIsAMapOfAnyMetric() throws Exception {
        List<SuiteAxis> axes = List.of(
                new SuiteAxis("transport.shards", List.of("8", "16", "32")),
                new SuiteAxis("nodes.count", List.of("100", "200")),
                new SuiteAxis("x</script><b>", List.of("\"a\"", "<i>b")));
        List<SuiteRun> runs = new ArrayList<>();
        List<Grid.Cell> cells = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            List<String> point = List.of(
                    axes.get(0).values().get(i / 4),
                    axes.get(1).values().get(i / 2 % 2),
                    axes.get(2).values().get(i % 2));
            SuiteRun run = SuiteRun.waiting("s", "s.yaml", "hash" + i, 1, 1).at(point);
            if (i > 0) run = run.with(SuiteRun.State.PASS, 0, "all checks passed", "s/run " + i, 1_000);
            runs.add(run);
            Grid.Spread spread = new Grid.Spread(i, i - 0.5, i + 0.5, 3);
            cells.add(new Grid.Cell(
                    point,
                    List.of(run),
                    i == 0 ? Map.of() : Map.of("a.count", spread, "identity.timeouts.count", spread)));
        }
        String command = "./kilonode sweep " + "--vary a=b ".repeat(100);
        Suite suite = new Suite(
                1,
                "1",
                "b",
                command,
                Suite.STOPPED,
                "inconclusive",
                3,
                "so far <b>11 of 12",
                "",
                null,
                axes,
                null,
                runs);
        Grid grid = new Grid(axes, List.of("a.count", "identity.timeouts.count"), cells);
        open(Files.writeString(root.resolve("suite.html"), SuitePage.of(suite, grid)));
        assertNoErrors();
        assertThat(browser.findElements(By.cssSelector("#metric option"))).hasSize(3);
        assertThat(browser.findElements(By.cssSelector("#grid table")))
                .as("one for each value of the third")
                .hasSize(2);
        assertThat(browser.findElements(By.cssSelector("#grid caption")).get(1).getText())
                .isEqualTo("x</script><b>=<i>b");
        assertThat(browser.findElements(By.cssSelector("#grid td.absent"))).hasSize(1);
        assertThat(browser.findElement(By.id("scale")).getText()).isEqualTo("1 to 11");
        assertThat(browser.findElement(By.cssSelector("#grid td a")).getDomAttribute("href"))
                .isEqualTo("s/run%202/report.html");
        browser.executeScript(
                "const s = document.getElementById('metric'); s.value = -1; s.dispatchEvent(new Event('change'))");
        assertThat(browser.findElement(By.cssSelector("#grid td a")).getText()).isEqualTo("1 of 1");
        assertThat(browser.findElements(By.cssSelector("#cells + .scroll tbody tr")))
                .hasSize(12);
        browser.manage().window().setSize(new Dimension(390, 800));
        try {
            assertThat((Boolean) browser.executeScript(SIDEWAYS))
                    .as("a narrow page scrolls sideways")
                    .isFalse();
        } finally {
            browser.manage().window().setSize(new Dimension(1280, 900));
        }
        assertNoErrors();
    }

    private static Comparison compared(String base, String fresh) {
        return Comparer.compare(
                RunSearch.group(root.resolve(base)),
                RunSearch.group(root.resolve(fresh)),
                new Comparer.Options(0.1, List.of(), true));
    }

    private static ReportModel show(Path run) throws Exception {
        ReportModel model = Reporter.write(run);
        open(run.resolve("report.html"));
        return model;
    }

    private static void open(Path page) {
        browser.manage().logs().get("browser");
        browser.manage().logs().get("performance");
        browser.get(page.toUri().toString());
        until("document.documentElement.dataset.ready");
        assertThat(browser.executeScript("return document.documentElement.dataset.ready"))
                .isEqualTo("true");
        assertNoErrors();
        var elsewhere = new ArrayList<String>();
        for (LogEntry entry : browser.manage().logs().get("performance")) {
            String text = entry.getMessage();
            int url = text.indexOf("\"url\":\"");
            if (text.contains("Network.requestWillBeSent\"")
                    && url >= 0
                    && !text.startsWith("file:", url + 7)
                    && !text.startsWith("data:", url + 7)
                    && !text.startsWith("blob:", url + 7)) {
                elsewhere.add(text);
            }
        }
        assertThat(elsewhere).isEmpty();
    }

    private static void assertNoErrors() {
        assertThat(browser.manage().logs().get("browser").getAll()).isEmpty();
    }

    private static void until(String condition) {
        browser.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
        browser.executeAsyncScript("const done = arguments[0]; (function look() { if (" + condition
                + ") done(); else setTimeout(look, 20); })();");
    }

    private static int canvases() {
        return browser.findElements(By.cssSelector(".chart canvas")).size();
    }

    private static int drawn(ReportModel model) {
        return (int) model.charts().stream().filter(Chart::drawn).count();
    }
}
