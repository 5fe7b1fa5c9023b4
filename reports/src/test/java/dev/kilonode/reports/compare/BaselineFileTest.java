package dev.kilonode.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.reports.WrittenRun;
import dev.kilonode.reports.compare.Comparison.Conclusion;
import dev.kilonode.reports.render.text.BaselineText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineFileTest {

    @TempDir
    Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void aBaselineOfThreeRuns() throws IOException {
        file = folder.resolve("deep").resolve("smoke.json");
        BaselineFile.write(file, Baseline.of("smoke", runs(3)));
    }

    @Test
    void itReadsAsItWasWrittenAndIsTheSameEveryTime() throws IOException {
        Baseline read = BaselineFile.read(file);
        assertThat(BaselineFile.text(read)).isEqualTo(Files.readString(file));
        assertThat(read.seeds()).containsExactly(1L, 2L, 3L);
        assertThat(Groups.compare(read.group("b"), runs(3)).effects())
                .filteredOn(e -> e.measure().tier() == Measure.Tier.OUTCOME)
                .allMatch(e -> e.finding() == Finding.EQUAL);
    }

    @Test
    void eachMetricHasALineOfItsOwnInOrderOfName() throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(1)).isEqualTo("  \"kilonode_baseline\": 1,");
        assertThat(lines).contains("    \"upload.latency.p50\": [101.0,102.0,103.0],");
        assertThat(lines.stream().filter(l -> l.startsWith("    \"")).toList())
                .isSorted()
                .hasSize(5);
        assertThat(Files.size(file)).isLessThan(1_500);
    }

    @Test
    void aRunWithoutAValueHasNull() {
        var group = Groups.virtual(2, s -> {
            var values = new LinkedHashMap<>(Groups.outcomes(100, 0, 0, 0));
            values.keySet().removeIf(id -> s == 2 && id.startsWith("upload.latency"));
            return values;
        });
        Baseline baseline = Baseline.of("b", group);
        assertThat(BaselineFile.text(baseline)).contains("\"upload.latency.p50\": [100.0,null]");
        assertThat(BaselineText.of(baseline)).contains("upload.latency.p50").doesNotContain("NaN");
    }

    @Test
    void theNumberOfJvmsIsKeptAndRunsInOneProcessHaveNone() throws IOException {
        Baseline alone = BaselineFile.read(file);
        assertThat(alone.jvms()).isEqualTo(1);
        assertThat(Files.readString(file)).doesNotContain("jvms");
        new WrittenRun(folder).folder("four").clock("wall").jvms(4).several(2, 100, 1);
        Baseline four = Baseline.of("four", RunSearch.group(folder.resolve("four")));
        BaselineFile.write(file, four);
        assertThat(BaselineFile.read(file)).isEqualTo(four);
        assertThat(four.group("b").jvms()).isEqualTo(4);
        assertThat(BaselineText.of(four)).contains("4 JVMs");
        Files.writeString(file, Files.readString(file).replace("\"jvms\": 4", "\"jvms\": 1"));
        assertThatThrownBy(() -> BaselineFile.read(file)).hasMessageContaining("jvms: got 1, expected a whole number");
    }

    @Test
    void modelAndBuildAreKeptAndAnOlderFileHasNeither() throws IOException {
        Baseline older = BaselineFile.read(file);
        assertThat(older.model()).isZero();
        assertThat(Files.readString(file)).doesNotContain("\"model\"").doesNotContain("\"build\"");
        Baseline now = new Baseline(
                older.name(),
                older.scenario(),
                older.hash(),
                3,
                older.clock(),
                older.jvms(),
                older.tool(),
                "93eb488a1b2c-dirty",
                older.recorded(),
                older.platform(),
                older.seeds(),
                older.digests(),
                older.metrics());
        BaselineFile.write(file, now);
        assertThat(BaselineFile.read(file)).isEqualTo(now);
        assertThat(now.group("b").words()).endsWith("Kilonode 0.1.0 (93eb488a1b2c-dirty)");
        Files.writeString(file, Files.readString(file).replace("\"model\": 3", "\"model\": 4"));
        assertThatThrownBy(() -> BaselineFile.read(file)).hasMessageContaining("was changed after it was made");
        Files.writeString(file, Files.readString(file).replace("\"model\": 4", "\"model\": 0"));
        assertThatThrownBy(() -> BaselineFile.read(file)).hasMessageContaining("model: got 0, expected a whole number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[101.0,102.0,103.0] | [90.0,102.0,103.0] | was changed after it was made",
                "[101.0,102.0,103.0] | [101.0,NaN,103.0] | not a baseline",
                "[101.0,102.0,103.0] | [101.0,1e999,103.0] | expected a finite number",
                "[101.0,102.0,103.0] | [101.0,x,103.0] | not a baseline",
                "[101.0,102.0,103.0] | [101.0,true,103.0] | metrics.upload.latency.p50: got true",
                "[101.0,102.0,103.0] | [101.0,102.0] | metrics.upload.latency.p50: got 2 values, expected 3",
                "\"seeds\": [1,2,3] | \"seeds\": [1,2,2] | seeds: got [1, 2, 2], expected at least one, each once",
                "\"seeds\": [1,2,3] | \"seeds\": [] | seeds: got []",
                "\"seeds\": [1,2,3] | \"seeds\": 3 | seeds: got 3, expected a list",
                "\"seeds\": [1,2,3] | \"seeds\": [1,2,3.5] | seeds: got 3.5, expected whole numbers",
                "\"clock\": \"virtual\" | \"clock\": \"sun\" | clock: got sun, expected virtual or wall",
                "\"scenario\": \"smoke\" | \"scenario\": 5 | scenario: got 5, expected text",
                "\"kilonode_baseline\": 1 | \"kilonode_baseline\": 9 | kilonode_baseline: got 9, expected 1",
                "\"kilonode_baseline\": 1 | \"other\": 1 | is not a baseline: it has no kilonode_baseline",
                "\"metrics\": { | \"metrics\": { <<<<<<< HEAD | not a baseline",
                "\"metrics\" | \"matrix\" | metrics: got nothing, expected metrics"
            })
    void whatAHandDidToItIsSaid(String from, String to, String words) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
        assertThatThrownBy(() -> BaselineFile.read(file))
                .isInstanceOf(ComparisonException.class)
                .hasMessageContaining(words)
                .hasMessageStartingWith(file.toString());
    }

    @Test
    void aFileThatIsCutOffEmptyOrMissingIsSaid() throws IOException {
        String text = Files.readString(file);
        for (String cut : List.of("", "{", text.substring(0, text.length() / 2), "[]", "7")) {
            Files.writeString(file, cut);
            assertThatThrownBy(() -> BaselineFile.read(file))
                    .isInstanceOf(ComparisonException.class)
                    .hasMessageContaining("not a baseline");
        }
        assertThatThrownBy(() -> BaselineFile.read(folder.resolve("none.json")))
                .hasMessageContaining("write kilonode baseline add DIR to make one");
    }

    @Test
    void aSingleRunIsWorseOnlyBeyondAllOfTheBaselineAndByTheLimit() {
        RunGroup many = Baseline.of("b", runs(20)).group("b");
        assertThat(judged(many, 150)).isEqualTo(Conclusion.WORSE);
        assertThat(SingleRun.against(many, run(150), 0.1).words())
                .contains("upload latency p50 150 ms (baseline 111 ms, at worst 120 ms)");
        assertThat(judged(many, 120)).as("the worst of them").isEqualTo(Conclusion.NOT_WORSE);
        assertThat(judged(many, 120.5)).as("beyond, but within 10 %").isEqualTo(Conclusion.NOT_WORSE);
        RunGroup few = Baseline.of("b", runs(18)).group("b");
        assertThat(judged(few, 150)).isEqualTo(Conclusion.INSUFFICIENT);
        assertThat(SingleRun.against(few, run(150), 0.1).words())
                .contains("the baseline holds 18 runs, at least 19 are needed");
    }

    @Test
    void aSingleRunThatLacksWhatTheBaselineHasDoesNotPass() {
        RunGroup many = Baseline.of("b", runs(20)).group("b");
        Sample without = Groups.virtual(1, s -> java.util.Map.of("transport.drops.ratio", 0.0))
                .samples()
                .get(0);
        SingleRun found = SingleRun.against(many, without, 0.1);
        assertThat(found.conclusion()).isEqualTo(Conclusion.INSUFFICIENT);
        assertThat(found.words()).contains("the run lacks upload latency p50");
    }

    @Test
    void aRunThatDidTheSamePassesHoweverFewTheBaselineHas() {
        RunGroup runs = runs(1);
        Sample known = runs.samples().get(0);
        Sample same = new Sample("again", null, known.seed(), "", "", "cafe", known.values());
        RunGroup baseline = new RunGroup("b", "smoke", "h", null, "virtual", Groups.HERE, List.of(same), List.of(), 0);
        assertThat(SingleRun.against(baseline, same, 0.1).conclusion()).isEqualTo(Conclusion.NOT_WORSE);
        assertThat(SingleRun.against(runs, known, 0.1).conclusion())
                .as("without a digest")
                .isEqualTo(Conclusion.INSUFFICIENT);
    }

    private static Conclusion judged(RunGroup baseline, double latencyMs) {
        return SingleRun.against(baseline, run(latencyMs), 0.1).conclusion();
    }

    private static Sample run(double latencyMs) {
        var values = new LinkedHashMap<>(Groups.outcomes(latencyMs, 0, 0, 0));
        values.put("upload.latency.p95", 130.0);
        return Groups.virtual(1, s -> values).samples().get(0);
    }

    private static RunGroup runs(int runs) {
        return Groups.virtual(runs, s -> Groups.outcomes(100 + s, 0, 0, 0));
    }
}
