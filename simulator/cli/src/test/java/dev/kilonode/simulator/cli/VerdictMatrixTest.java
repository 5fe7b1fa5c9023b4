package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.node.dispatch.DispatchProvider;
import dev.kilonode.reports.compare.Baseline;
import dev.kilonode.reports.compare.BaselineFile;
import dev.kilonode.simulator.run.BaselineCheck;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.LocalRunner;
import dev.kilonode.simulator.run.ProgressListener;
import dev.kilonode.simulator.run.ProgressReport;
import dev.kilonode.simulator.run.RunResult;
import dev.kilonode.simulator.run.RunSpec;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/**
 * Whatever decides a run, six outputs say the same: the exit code, the last line, {@code summary.json}, {@code junit.xml}, {@code summary.md} and
 * {@code report.html}; and {@code report} says it again.
 */
@Tag("once")
class VerdictMatrixTest {

    private enum Checks {
        PASS("{metric: upload.succeeded, stat: count, op: '>=', limit: 0}"),
        FAIL("{metric: transport.delivered, stat: count, op: '<=', limit: 5}"),
        INCONCLUSIVE("{metric: upload.latency, stat: p95, op: '<=', limit: 1h, min-samples: 100000}");

        private final String yaml;

        Checks(String yaml) {
            this.yaml = yaml;
        }
    }

    private enum Held {
        AGAINST_NOTHING,
        SAME,
        WORSE,
        INSUFFICIENT
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> TINY = List.of(
            "nodes.count=9",
            "nodes.per-host=3",
            "nodes.join-over=2s",
            "duration=40s",
            "metrics.window=5s",
            "workload.uploaders.start-after=3s",
            "workload.uploaders.start-spread=1s",
            "workload.upload.file-size=1MB",
            "workload.upload.payment=1s");

    private static final String SPINNING_DISPATCH = """
        package example;

        public final class Spinning implements dev.kilonode.node.dispatch.DispatchProvider {
            @Override
            public String label() {
                return "spin";
            }

            @Override
            public int shardOf(dev.kilonode.node.wire.NodeAddress source, int shards) {
                long until = System.nanoTime() + 30_000_000;
                while (System.nanoTime() < until) Thread.onSpinWait();
                return 0;
            }
        }
        """;

    @TempDir
    static Path folder;

    private static Path recorded = Path.of("");

    @BeforeAll
    static void recordABaseline() throws IOException {
        Path out = folder.resolve("recorded");
        Commands.Said said = Commands.onSmoke("run", out, values(Checks.PASS));
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.PASS);
        Commands.Said added = Commands.kilonode(List.of("baseline", "add", out.toString(), "--dir", folder.toString()));
        assertThat(added.exit()).as(added.lastLine()).isEqualTo(ExitCode.PASS);
        recorded = folder.resolve("smoke.json");
    }

    @Test
    void allSixOutputsAgree() throws Exception {
        for (Checks checks : Checks.values()) {
            for (Held held : Held.values()) {
                for (boolean interrupted : new boolean[] {false, true}) {
                    String what = checks + ", baseline " + held + (interrupted ? ", interrupted" : "");
                    Path out = folder.resolve(what.replaceAll("[^A-Za-z]+", "-"));
                    Said said = run(checks, held, interrupted, out);
                    String expected = expected(checks, held, interrupted);
                    sixSay(what, said, expected);
                    assertThat(said.exit).as(what).isEqualTo(interrupted ? ExitCode.INTERRUPTED : exit(expected));
                    Said again = report(said.directory);
                    sixSay(what + ", report", again, expected);
                    assertThat(again.exit).as(what).isEqualTo(said.exit);
                    byte[] whole = damage(said.directory);
                    Said damaged = report(said.directory);
                    sixSay(what + ", damaged", damaged, "inconclusive");
                    assertThat(damaged.exit).as(what).isEqualTo(ExitCode.INCONCLUSIVE);
                    assertThat(damaged.lastLine).as(what).contains("the data are damaged");
                    Files.write(said.directory.resolve("data/windows.csv"), whole);
                    sixSay(what + ", restored", report(said.directory), expected);
                }
            }
        }
    }

    @Test
    void failOnAppliesToAllSixOutputs() throws Exception {
        Path out = folder.resolve("chosen");
        sixSay("--fail-on", plain(Checks.INCONCLUSIVE, out, "--fail-on", "inconclusive"), "fail");
    }

    @Test
    void aTimeBudgetIsACheck() throws Exception {
        Said said = plain(Checks.PASS, folder.resolve("budget"), "--time-budget", "1ms");
        sixSay("--time-budget", said, "fail");
        assertThat(said.exit).isEqualTo(ExitCode.FAIL);
        assertThat(said.directory.resolve("junit.xml")).content().contains("name=\"time-budget\"");
    }

    /** A dispatch that lets the node loops do nothing but spin. */
    @Test
    void aSaturatedTesterIsNamedAndFailsOnlyItsOwnCheck() throws Exception {
        Path plugins = folder.resolve("spin");
        PluginJar.of(plugins.resolve("spin.jar"), DispatchProvider.class, SPINNING_DISPATCH, "example.Spinning\n");
        String tester = "{id: threads, metric: jvm.threads, stat: max, op: '<=', limit: 1}";
        String uploads = "{id: many, metric: upload.succeeded, stat: count, op: '>=', limit: 100}";
        Said network = wall(plugins, folder.resolve("network"), uploads);
        sixSay("saturated", network, "inconclusive");
        assertThat(network.exit).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(network.lastLine).contains("(exit 3): the tester was saturated in ", "in those that decided many");
        sixSay("saturated, checks on the tester", wall(plugins, folder.resolve("tester"), tester), "fail");
        assertThat(damage(network.directory)).isNotEmpty();
        sixSay("saturated, damaged", report(network.directory), "inconclusive");
    }

    private static String expected(Checks checks, Held held, boolean interrupted) {
        if (checks == Checks.FAIL) return "fail";
        if (interrupted) return "inconclusive"; // nor is a run compared that was cut short
        if (held == Held.WORSE) return "fail";
        return checks == Checks.INCONCLUSIVE || held == Held.INSUFFICIENT ? "inconclusive" : "pass";
    }

    private static ExitCode exit(String verdict) {
        return ExitCode.valueOf(verdict.toUpperCase(Locale.ROOT));
    }

    /** What was heard of a run. */
    private record Said(ExitCode exit, String lastLine, Path directory) {}

    private static void sixSay(String what, Said said, String verdict) throws Exception {
        String word = verdict.toUpperCase(Locale.ROOT);
        JsonNode summary = JSON.readTree(said.directory.resolve("summary.json").toFile());
        String words = String.join("; ", reasons(summary));
        assertThat(said.lastLine)
                .as(what)
                .isEqualTo(new CommandResult(said.exit, words, said.directory.resolve("report.html")).line());
        if (said.exit.number() < 4) assertThat(said.exit).as(what).isEqualTo(exit(verdict));
        assertThat(summary.get("verdict").asText()).as(what).isEqualTo(verdict);
        assertThat(summary.get("exit_code").asInt()).as(what).isEqualTo(said.exit.number());
        assertThat(inJunit(said.directory.resolve("junit.xml"))).as(what).isEqualTo(verdict);
        String shown = word + " (exit " + said.exit.number() + "):";
        assertThat(Files.readString(said.directory.resolve("summary.md")))
                .as(what)
                .startsWith("## " + shown);
        String page = Jsoup.parse(Files.readString(said.directory.resolve("report.html")))
                .select(".verdict .headline")
                .text();
        assertThat(page).as(what).startsWith(shown);
        assertThat(page.replaceAll("\\s+", " ")).as(what).contains(words.replaceAll("\\s+", " "));
    }

    private static List<String> reasons(JsonNode summary) {
        List<String> reasons = new ArrayList<>();
        summary.get("reasons").forEach(reason -> reasons.add(reason.asText()));
        return reasons;
    }

    /** As CI servers count. */
    private static String inJunit(Path file) throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(file))))
                .getDocumentElement();
        if (suite.getElementsByTagName("failure").getLength() > 0) return "fail";
        return suite.getElementsByTagName("error").getLength() == 0 ? "pass" : "inconclusive";
    }

    private Said run(Checks checks, Held held, boolean interrupted, Path out) throws Exception {
        StopSignal stop = new StopSignal();
        List<ValueOverride> values = values(checks).stream()
                .map(text -> ValueOverride.parse("test", text))
                .toList();
        var loaded = new ScenarioLoader().load(Path.of(Commands.SMOKE), values);
        ProgressListener progress = interrupted ? new StopsAtOnce(stop) : ProgressListener.NONE;
        RunResult result = new LocalRunner()
                .run(
                        RunSpec.of(loaded, out, "./kilonode run")
                                .named("smoke")
                                .against(
                                        held == Held.AGAINST_NOTHING ? null : BaselineCheck.of(baseline(held), loaded)),
                        progress,
                        stop);
        return new Said(result.exit(), CommandResult.of(result).line(), result.directory());
    }

    private static List<String> values(Checks checks) {
        List<String> values = new ArrayList<>(TINY);
        values.add("checks=[" + checks.yaml + "]");
        return values;
    }

    private static Said plain(Checks checks, Path out, String... flags) throws IOException {
        Commands.Said said = Commands.onSmoke("run", out, values(checks), flags);
        return new Said(said.exit(), said.lastLine(), Commands.onlyRun(out));
    }

    private static Said wall(Path plugins, Path out, String check) throws IOException {
        List<String> values = new ArrayList<>(TINY);
        values.addAll(List.of(
                "duration=4s",
                "metrics.window=500ms",
                "nodes.join-over=1s",
                "wall.link=memory",
                "wall.loops=1",
                "workload.uploaders.start-after=1s",
                "transport.dispatch=spin",
                "checks=[" + check + "]"));
        Commands.Said said = Commands.onSmoke("run", out, values, "--clock", "wall", "--plugins", plugins.toString());
        return new Said(said.exit(), said.lastLine(), Commands.onlyRun(out));
    }

    private static Said report(Path directory) {
        Commands.Said said = Commands.kilonode(List.of("report", directory.toString()));
        return new Said(said.exit(), said.lastLine(), directory);
    }

    /** Cuts off half of the windows; returns all of them. */
    private static byte[] damage(Path directory) throws IOException {
        Path file = directory.resolve("data/windows.csv");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        return whole;
    }

    /** Twenty runs like the one recorded; that one was, or was not, among them, or they were all twice as good. */
    private static Path baseline(Held held) throws IOException {
        Baseline one = BaselineFile.read(recorded);
        int runs = held == Held.INSUFFICIENT ? 5 : 20;
        Map<String, List<@Nullable Double>> metrics = new LinkedHashMap<>();
        one.metrics().forEach((id, values) -> {
            Double value = Objects.requireNonNull(values).get(0);
            double better = held == Held.WORSE ? (id.startsWith("upload.latency") ? 0.5 : 1) : 1;
            metrics.put(
                    id,
                    IntStream.range(0, runs)
                            .mapToObj(i -> value == null ? null : Double.valueOf(value * better))
                            .toList());
        });
        String digest = held == Held.SAME ? one.digests().get(0) : "another";
        Baseline many = new Baseline(
                one.name(),
                one.scenario(),
                one.hash(),
                one.model(),
                one.clock(),
                one.jvms(),
                one.tool(),
                one.build(),
                one.recorded(),
                one.platform(),
                LongStream.rangeClosed(1, runs).boxed().toList(),
                Stream.generate(() -> digest).limit(runs).toList(),
                metrics);
        Path file = folder.resolve(held + ".json");
        BaselineFile.write(file, many);
        return file;
    }

    /** Presses Ctrl-C when the run is half over. */
    private record StopsAtOnce(StopSignal stop) implements ProgressListener {
        @Override
        public void report(ProgressReport report) {
            if (report.virtualNanos() > 20_000_000_000L && !stop.requested()) {
                assertThat(stop.request(ExitCode.INTERRUPTED)).isTrue();
            }
        }

        @Override
        public void finished() {}
    }
}
