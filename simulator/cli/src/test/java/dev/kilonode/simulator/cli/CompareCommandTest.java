package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare}, {@code baseline}, {@code history} and {@code run --baseline}, as a user or a CI job meets them. */
class CompareCommandTest {

    @TempDir
    Path folder;

    @Test
    void aGateExitsWithOneWhenWorseZeroWhenNotAndThreeWhenUndecided() throws IOException {
        String base = runs("base", 1, 12, 1);
        String worse = runs("worse", 1, 12, 1.3);
        Commands.Said failed = said("compare", base, worse, "--gate");
        assertThat(failed.exit()).isEqualTo(ExitCode.FAIL);
        assertThat(failed.lastLine())
                .isEqualTo("kilonode: FAIL (exit 1): worse: upload latency p50 +30 %, upload latency p95 +30 %: "
                        + Path.of(worse).resolve("comparison.html"));
        assertThat(failed.out())
                .contains("upload latency p50")
                .contains("worse by 30 %")
                .contains("12 pairs of runs");
        assertThat(failed.out().lines()).allMatch(line -> line.length() <= 130);
        assertThat(Path.of(worse).resolve("comparison.html")).content().contains("worse by 30 %");
        assertThat(said("compare", base, worse).exit()).as("without a gate").isEqualTo(ExitCode.PASS);
        assertThat(said("compare", base, worse, "--gate", "--limit", "40%").exit())
                .isEqualTo(ExitCode.PASS);
        assertThat(said("compare", worse, base, "--gate").lastLine())
                .startsWith(
                        "kilonode: PASS (exit 0): nothing got worse by the limit; better: upload latency p50 -23 %");
        Commands.Said open = said("compare", base, runs("three", 1, 3, 1.3), "--gate");
        assertThat(open.exit()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(open.lastLine()).contains("insufficient: 3 pairs of runs, at least 4 are needed");
        assertThat(said("compare", base, runs("lone", 50, 1, 1.3), "--gate").exit())
                .isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void onlyJsonIsPrintedToStandardOutput() throws IOException {
        String base = runs("base", 1, 9, 1);
        Commands.Said said = said("compare", base, runs("worse", 1, 9, 1.3), "--gate", "--format", "json");
        JsonNode json = new ObjectMapper().readTree(said.out());
        assertThat(json.path("schema").asInt()).isEqualTo(1);
        assertThat(json.path("outcome").asText()).isEqualTo("worse");
        assertThat(json.path("exit_code").asInt()).isEqualTo(1);
        JsonNode first = json.path("metrics").get(0);
        assertThat(first.path("metric").asText()).isEqualTo("upload.latency.p50");
        assertThat(first.path("finding").asText()).isEqualTo("worse");
        assertThat(first.path("better").asText()).isEqualTo("less");
        assertThat(first.path("shift").path("share").asDouble()).isBetween(0.29, 0.31);
        assertThat(first.path("p_holm").asDouble()).isBetween(1e-9, 0.05);
        assertThat(first.path("new").path("values")).hasSize(9);
        assertThat(said.out()).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void badInputExitsWithTwoAndAMessageWithoutStackTrace() throws IOException {
        String good = runs("good", 1, 5, 1);
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path foreign = Files.createDirectories(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("manifest.json"), "{}");
        Path noBaseline = Files.writeString(folder.resolve("no.json"), "{}");
        refused("compare takes BASE and NEW", "compare", good);
        refused("holds no run", "compare", good, empty.toString());
        refused("there is no ", "compare", folder.resolve("gone").toString(), good);
        refused("manifest.json: schema", "compare", foreign.toString(), good);
        refused("is not a baseline", "compare", noBaseline.toString(), good);
        refused("--limit: got", "compare", good, good, "--limit", "0.1");
        refused("expected a share above 0%", "compare", good, good, "--limit", "0%");
        refused("no run has the metric x", "compare", good, good, "--metric", "x");
        refused("unknown flag --gat; did you mean --gate?", "compare", good, good, "--gat");
        refused("baseline needs add, list or show", "baseline");
        refused("did you mean list?", "baseline", "lst");
        refused("baseline add takes one DIR", "baseline", "add");
        refused(
                "there is no folder",
                "baseline",
                "list",
                "--dir",
                folder.resolve("none").toString());
        refused("there is no ", "baseline", "show", "none");
        refused("holds no run", "history", empty.toString());
        refused("history needs DIR", "history");
    }

    @Test
    void aBaselineIsCreatedListedShownAndOverwrittenOnlyOnRequest() throws IOException {
        String runs = runs("base", 1, 9, 1);
        String dir = folder.resolve("baselines").toString();
        Commands.Said added = said("baseline", "add", runs, "--dir", dir);
        Path file = Path.of(dir, "small.json");
        assertThat(added.exit()).isEqualTo(ExitCode.PASS);
        assertThat(added.out().strip()).isEqualTo(file.toString());
        assertThat(added.err()).anyMatch(line -> line.contains("run --baseline 19; this baseline has 9"));
        String text = Files.readString(file);
        refused("exists; write --replace", "baseline", "add", runs, "--dir", dir);
        assertThat(said("baseline", "add", runs, "--dir", dir, "--replace").exit())
                .isEqualTo(ExitCode.PASS);
        assertThat(Files.readString(file))
                .as("the same runs give the same file")
                .isEqualTo(text);
        assertThat(said("baseline", "list", "--dir", dir).out()).contains("small, 9 runs, seeds 1 to 9");
        assertThat(said("baseline", "show", "small", "--dir", dir).out()).contains("upload.latency.p50");
        assertThat(said("compare", file.toString(), runs("worse", 1, 9, 1.3), "--gate")
                        .exit())
                .isEqualTo(ExitCode.FAIL);
        Files.writeString(file, text.replace("[1,2,3", "[1,2,4"));
        Commands.Said broken = said("baseline", "list", "--dir", dir);
        assertThat(broken.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(broken.lastLine()).contains("1 of the files in");
    }

    @Test
    void historyIsAdvisory() throws IOException {
        runs("all", 1, 10, 1);
        runs("all", 11, 10, 2);
        Commands.Said text = said("history", folder.toString());
        assertThat(text.exit()).isEqualTo(ExitCode.PASS);
        assertThat(text.out()).contains("small (virtual time): 20 runs").contains("worse: upload latency p50");
        JsonNode json = new ObjectMapper()
                .readTree(said("history", folder.toString(), "--format", "json").out());
        assertThat(json.path("courses").get(0).path("changes")).isNotEmpty();
        assertThat(said("history", runs("few", 1, 2, 1)).out()).contains("too few runs to look for a change");
    }

    @Test
    void aRunIsComparedWithItsBaselineAndAnotherScenarioIsRefusedBeforeItStarts() throws IOException {
        Path out = folder.resolve("results");
        assertThat(Commands.onSmoke("run", out, Commands.SMALL, "-q").exit()).isEqualTo(ExitCode.PASS);
        String dir = folder.resolve("baselines").toString();
        String baseline = Path.of(dir, "smoke.json").toString();
        assertThat(said("baseline", "add", out.toString(), "--dir", dir).exit()).isEqualTo(ExitCode.PASS);
        Commands.Said same = Commands.onSmoke("run", out, Commands.SMALL, "--baseline", baseline, "-q");
        assertThat(same.exit()).as(same.lastLine()).isEqualTo(ExitCode.PASS);
        assertThat(same.lastLine()).contains("exactly as in the baseline: equal digest of seed 1");
        Commands.Said other = Commands.onSmoke("run", out, Commands.SMALL, "--baseline", baseline, "--seed", "2");
        assertThat(other.exit()).as(other.lastLine()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(other.lastLine()).contains("the baseline holds 1 run, at least 19 are needed");
        List<String> changed = new ArrayList<>(Commands.SMALL);
        changed.add("nodes.join-over=21s");
        long before = runsIn(out);
        Commands.Said refused = Commands.onSmoke("run", out, changed, "--baseline", baseline);
        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.lastLine())
                .contains("is of another scenario")
                .contains("record a new one with kilonode baseline add DIR --replace");
        assertThat(runsIn(out)).as("no run began").isEqualTo(before);
    }

    private static long runsIn(Path out) throws IOException {
        try (Stream<Path> runs = Files.list(out.resolve("smoke"))) {
            return runs.count();
        }
    }

    private static Commands.Said said(String... line) {
        return Commands.kilonode(List.of(line));
    }

    private static void refused(String words, String... line) {
        Commands.Said said = said(line);
        assertThat(said.exit()).as(String.join(" ", line)).isEqualTo(ExitCode.USAGE);
        assertThat(said.lastLine()).contains(words);
        assertThat(said.err()).noneMatch(one -> one.startsWith("\tat "));
    }

    /** Runs of one scenario, whose uploads took {@code factor} times as long as usual. */
    private String runs(String name, long firstSeed, int count, double factor) throws IOException {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put("transport.drops.count", 0.0);
            metrics.put("identity.exchanges.count", 100.0);
            metrics.put("identity.timeouts.count", 0.0);
            metrics.put("upload.succeeded.count", 10.0);
            metrics.put("upload.failed.count", 0.0);
            metrics.put("upload.latency.p50", factor * (30_000 + 10 * seed));
            metrics.put("upload.latency.p95", factor * (40_000 + 10 * seed));
            Manifest manifest =
                    Manifest.starting("1", name, "small", "h", seed, "virtual", 3, 60_000, "./kilonode run");
            String scenario = "name: small\nseed: " + seed + "\n";
            try (RunWriter writer = RunWriter.create(folder, name, manifest, scenario, scenario)) {
                writer.finish(
                        new Summary(
                                Summary.SCHEMA,
                                Summary.Verdict.PASS,
                                0,
                                "small",
                                "h",
                                seed,
                                "virtual",
                                3,
                                60_000,
                                1,
                                1,
                                1_000,
                                "d" + seed + factor,
                                List.of(),
                                metrics),
                        Manifest.COMPLETE);
            }
        }
        return folder.resolve(name).toString();
    }
}
