package dev.kilonode.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.reports.SyntheticRun;
import dev.kilonode.reports.WrittenRun;
import dev.kilonode.reports.render.text.HistoryText;
import dev.kilonode.reports.run.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in folders of runs, good and bad. */
class RunSearchTest {

    @TempDir
    Path root;

    @Test
    void aFolderIsAllItsRunsAndALinkCountsNoneTwice() {
        new WrittenRun(root).several(3, 100, 1);
        RunGroup group = RunSearch.group(root);
        assertThat(group.seeds()).containsExactly(1L, 2L, 3L);
        assertThat(group.words()).isEqualTo("smoke, 3 runs, seeds 1 to 3, virtual time, Kilonode 0.1.0");
        assertThat(RunSearch.group(root.resolve("latest")).seeds()).containsExactly(3L);
    }

    @Test
    void ratiosAreDerivedAndNamesAndSeedsAreNoSettings() {
        RunGroup one = RunSearch.group(new WrittenRun(root).name("one").write(1, 100));
        RunGroup two = RunSearch.group(new WrittenRun(root).name("two").write(2, 100));
        assertThat(one.hash()).isEqualTo(two.hash());
        assertThat(one.samples().get(0).values())
                .containsEntry("upload.failed.ratio", 0.0)
                .containsEntry("transport.drops.ratio", 0.0)
                .containsEntry("identity.timeouts.ratio", 0.0);
    }

    @Test
    void ofRunsOfOneSeedTheLastCountsInVirtualTimeAndAllOnTheWallClock() {
        new WrittenRun(root).folder("v").write(1, 100);
        awaitNextMillisecond();
        new WrittenRun(root).folder("v").write(1, 200);
        RunGroup virtual = RunSearch.group(root.resolve("v"));
        assertThat(virtual.samples()).hasSize(1);
        assertThat(virtual.samples().get(0).values()).containsEntry("upload.latency.p50", 200.0);
        assertThat(virtual.leftOut())
                .singleElement()
                .asString()
                .contains("1 run")
                .contains("ran again later");
        new WrittenRun(root).folder("w").clock("wall").write(1, 100);
        new WrittenRun(root).folder("w").clock("wall").write(1, 200);
        assertThat(RunSearch.group(root.resolve("w")).samples()).hasSize(2);
    }

    @Test
    void anotherVersionOfTheScenarioIsLeftOutAndNamed() {
        new WrittenRun(root).write(1, 100);
        awaitNextMillisecond();
        new WrittenRun(root).registry("scoped-locks").write(2, 100);
        RunGroup group = RunSearch.group(root);
        assertThat(group.seeds()).containsExactly(2L);
        assertThat(group.leftOut()).singleElement().asString().contains("1 run").contains("another version of smoke");
    }

    @Test
    void runsInAnotherNumberOfJvmsAreLeftOutAndNotCompared() {
        new WrittenRun(root).folder("one").clock("wall").several(5, 100, 1);
        new WrittenRun(root).folder("four").clock("wall").jvms(4).several(5, 100, 2);
        RunGroup one = RunSearch.group(root.resolve("one"));
        RunGroup four = RunSearch.group(root.resolve("four"));
        assertThat(one.jvms()).isEqualTo(1);
        assertThat(four.jvms()).isEqualTo(4);
        assertThat(one.hash()).isEqualTo(four.hash());
        assertThat(four.words()).contains("wall time, 4 JVMs, Kilonode");
        assertThat(one.words()).contains("wall time, Kilonode");
        assertThatThrownBy(() -> Groups.compare(one, four))
                .isInstanceOf(ComparisonException.class)
                .hasMessage("BASE ran in 1 JVM, NEW in 4 JVMs: the numbers are not comparable; compare runs of the same"
                        + " number of JVMs");
        assertThat(Groups.compare(four, four).conclusion()).isEqualTo(Comparison.Conclusion.NOT_WORSE);
        awaitNextMillisecond();
        new WrittenRun(root).folder("one").clock("wall").jvms(2).write(9, 100);
        RunGroup newest = RunSearch.group(root.resolve("one"));
        assertThat(newest.jvms()).isEqualTo(2);
        assertThat(newest.leftOut())
                .singleElement()
                .asString()
                .contains("5 runs")
                .contains("another number of JVMs");
        History history = History.of(root.resolve("one"));
        assertThat(history.scenarios())
                .extracting(History.ScenarioHistory::jvms)
                .containsExactly(1, 2);
        assertThat(HistoryText.of(history)).contains("(wall time): 5 runs").contains("(wall time, 2 JVMs): 1 run");
    }

    @Test
    void runsThatDidNotGetToTheEndAreLostAndNamed() throws IOException {
        new WrittenRun(root).several(4, 100, 1);
        new WrittenRun(root).status(Manifest.ABORTED).write(5, 100);
        SyntheticRun.killed(root);
        RunGroup group = RunSearch.group(root);
        assertThat(group.samples()).hasSize(4);
        assertThat(group.lost()).isEqualTo(2);
        assertThat(group.leftOut())
                .anyMatch(l -> l.contains("was killed or crashed before its end"))
                .anyMatch(l -> l.contains("was stopped before its end"));
        Comparison c = Groups.compare(RunSearch.group(root), group);
        assertThat(c.conclusion()).isEqualTo(Comparison.Conclusion.INSUFFICIENT);
        assertThat(c.words()).contains("2 runs of NEW did not get to the end");
    }

    @Test
    void damagedRunsAreLeftOutNamedAndLeaveNothingDecided() throws IOException {
        new WrittenRun(root).folder("a").several(12, 100, 1);
        RunGroup good = RunSearch.group(root.resolve("a"));
        List<Path> runs = new WrittenRun(root).folder("b").several(12, 100, 1);
        Path summary = runs.get(3).resolve("summary.json");
        Files.writeString(summary, Files.readString(summary).replace("758.0", "757.0"));
        WrittenRun.truncate(runs.get(4).resolve("data/latency.hlog"));
        WrittenRun.truncate(runs.get(5).resolve("manifest.json"));
        Files.delete(runs.get(6).resolve("manifest.json"));
        Files.move(runs.get(7).resolve("manifest.json"), runs.get(7).resolve(RunSearch.SET_ASIDE));
        RunGroup group = RunSearch.group(root.resolve("b"));
        assertThat(group.samples()).hasSize(7);
        assertThat(group.damaged()).isEqualTo(4);
        assertThat(group.lost()).isZero();
        assertThat(group.leftOut())
                .anyMatch(reason -> reason.startsWith(runs.get(3) + " is damaged: summary.json: "))
                .anyMatch(reason -> reason.startsWith(runs.get(4) + " is damaged: data/latency.hlog: "))
                .anyMatch(reason -> reason.startsWith(runs.get(5).resolve("manifest.json") + ":"))
                .anyMatch(reason -> reason.startsWith(runs.get(6) + " is not a run directory"));
        assertThat(Groups.compare(good, group).words()).startsWith("insufficient: 4 runs of NEW damaged");
        assertThat(Groups.compare(group, good).words()).startsWith("insufficient: 4 runs of BASE damaged");
        new WrittenRun(root).folder("c").several(12, 200, 2);
        RunGroup worse = RunSearch.group(root.resolve("c"));
        assertThat(Groups.compare(good, worse).conclusion()).isEqualTo(Comparison.Conclusion.WORSE);
        assertThat(Groups.compare(group, worse).conclusion()).isEqualTo(Comparison.Conclusion.INSUFFICIENT);
        assertThat(History.of(root.resolve("b")).damaged()).isEqualTo(4);
    }

    @Test
    void damagedAndForeignDirectoriesSayWhatIsWrong() throws IOException {
        Path truncated = new WrittenRun(root).folder("a").write(1, 100);
        WrittenRun.truncate(truncated.resolve("summary.json"));
        refused(truncated, "summary.json:");
        Path cut = new WrittenRun(root).folder("b").write(1, 100);
        WrittenRun.truncate(cut.resolve("manifest.json"));
        refused(cut, "manifest.json:");
        Path foreign = Files.createDirectories(root.resolve("foreign"));
        Files.writeString(foreign.resolve("manifest.json"), "{\"name\": \"an extension\", \"manifest_version\": 3}");
        refused(foreign, "manifest.json: schema: got 0, expected 1");
        Files.writeString(foreign.resolve("manifest.json"), "{\"schema\": 1}");
        refused(foreign, "fields are missing");
        Files.writeString(foreign.resolve("manifest.json"), "null");
        refused(foreign, "manifest.json is empty");
        Files.write(foreign.resolve("manifest.json"), new byte[] {(byte) 0xff, 0, 1});
        refused(foreign, "not text in UTF-8");
        Files.writeString(foreign.resolve("manifest.json"), "{\"schema\": 7}");
        refused(foreign, "a newer Kilonode wrote it");
    }

    @Test
    void whatIsNotANumberInASummaryIsRefused() throws IOException {
        Path run = new WrittenRun(root).write(1, 100);
        Path summary = run.resolve("summary.json");
        Files.writeString(summary, Files.readString(summary).replace("758.0", "NaN"));
        refused(run, "summary.json:");
        Files.writeString(summary, Files.readString(summary).replace("NaN", "1e999"));
        refused(run, "summary.json");
        Files.writeString(summary, Files.readString(summary).replace("1e999", "null"));
        refused(run, "summary.json");
    }

    @Test
    void emptyAndMissingFoldersSayWhatToWrite() throws IOException {
        refused(Files.createDirectories(root.resolve("empty")), "holds no run");
        refused(root.resolve("nowhere"), "there is no ");
        Path file = Files.writeString(root.resolve("file"), "x");
        refused(file, "is a file, expected a run directory");
    }

    @Test
    void aRunWithoutItsScenarioIsKnownByItsManifest() throws IOException {
        Path run = WrittenRun.withoutChecksums(new WrittenRun(root).write(1, 100));
        Files.delete(run.resolve("scenario.resolved.yaml"));
        RunGroup group = RunSearch.group(run);
        assertThat(group.hash()).isEqualTo("h");
        assertThatThrownBy(() -> Groups.compare(group, RunSearch.group(new WrittenRun(root).write(1, 100))))
                .hasMessageContaining("which settings differ is not known");
        Files.writeString(run.resolve("scenario.resolved.yaml"), "a: [1,");
        refused(run, "scenario.resolved.yaml cannot be read");
    }

    @Test
    void damagedLatenciesLeaveTheChartWithoutThem() throws IOException {
        Path good = new WrittenRun(root).folder("good").write(1, 100);
        Path bad =
                WrittenRun.withoutChecksums(new WrittenRun(root).folder("bad").write(1, 100));
        Files.writeString(
                bad.resolve("data").resolve("latency.hlog"),
                "Tag=upload.latency,1,x,HISTgarbage\n,,,\nTag=upload.latency,0,1,1,HIST!!\n");
        var chart = Overlay.of(Groups.compare(RunSearch.group(good), RunSearch.group(bad)));
        assertThat(chart.lines()).hasSize(2).allMatch(line -> line.name().startsWith("BASE"));
        assertThat(chart.note()).endsWith(" Of 1 run data/latency.hlog cannot be read to its end.");
    }

    @Test
    void aHistoryFindsSinceWhenAndWhatOfTheScenarioChanged() {
        for (int i = 0; i < 20; i++) {
            new WrittenRun(root)
                    .registry(i < 10 ? "scoped-locks" : "paired-locks")
                    .write(i, 100 + i % 3 + (i < 10 ? 0 : 40));
            awaitNextMillisecond();
        }
        new WrittenRun(root).name("other").write(1, 100);
        History history = History.of(root);
        assertThat(history.scenarios()).hasSize(2);
        History.ScenarioHistory scenario = history.scenarios().get(0);
        assertThat(scenario.runs()).hasSize(20);
        assertThat(scenario.changes()).isNotEmpty().allSatisfy(c -> {
            assertThat(c.at().seed()).isEqualTo(10);
            assertThat(c.from().seed()).isEqualTo(9);
            assertThat(c.settings()).containsExactly("transport.registry: scoped-locks -> paired-locks");
        });
        assertThat(scenario.changes().get(0).words()).isEqualTo("worse: upload latency p50 101 ms -> 141 ms (+40 %)");
        assertThat(history.scenarios().get(1).changes()).isEmpty();
    }

    private static void refused(Path path, String words) {
        assertThatThrownBy(() -> RunSearch.group(path))
                .isInstanceOf(ComparisonException.class)
                .hasMessageContaining(words);
    }

    /** Start times have a resolution of a millisecond, and order is what is tested. */
    private static void awaitNextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now) {
            Thread.onSpinWait();
        }
    }
}
