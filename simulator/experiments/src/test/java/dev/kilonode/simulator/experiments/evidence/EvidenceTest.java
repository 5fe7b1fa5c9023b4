package dev.kilonode.simulator.experiments.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On runs written by hand: ten windows of a minute, in which a number of drops and upload latencies grows. */
class EvidenceTest {

    private static final String HEAD = String.join(",", TargetsFile.COLUMNS) + "\n";

    @TempDir
    Path folder;

    private Evidence evidence(String rows) throws IOException {
        return Evidence.of(Files.writeString(folder.resolve("targets.csv"), HEAD + "# a comment\n\n" + rows));
    }

    /** In window i, {@code drops * (i + 1)} of 1000 messages are lost, and two uploads take (i + 1) x {@code seconds}. */
    private Path run(String scenario, long seed, int drops, double seconds, boolean passes) throws IOException {
        return run(scenario, 200, seed, drops, seconds, passes);
    }

    private Path run(String scenario, int nodes, long seed, int drops, double seconds, boolean passes)
            throws IOException {
        Manifest manifest = Manifest.starting("test", scenario, scenario, "h", seed, "virtual", nodes, 600_000, "");
        try (RunWriter writer = RunWriter.create(folder.resolve("out"), scenario, manifest, "name: s\n", "name: s\n")) {
            for (int i = 0; i < 10; i++) {
                long start = i * 60_000L;
                long end = start + 60_000;
                writer.window(start, end, "transport.offered", "kind=put", "count", 1000);
                writer.window(start, end, "transport.drops", "cause=full;shard=0", "count", drops * (i + 1));
                writer.window(start, end, "transport.drops", "cause=closed;shard=0", "count", 1);
                writer.window(start, end, "upload.latency", "", "count", 2);
                for (String stat : List.of("min", "mean", "max")) {
                    writer.window(start, end, "upload.latency", "", stat, seconds * 1e3 * (i + 1));
                }
                var histogram = new Histogram(3);
                histogram.recordValueWithCount((long) (seconds * 1e6 * (i + 1)), 2);
                writer.latency("upload.latency", start, end, histogram);
            }
            CheckResult.Status status = passes ? CheckResult.Status.PASS : CheckResult.Status.FAIL;
            var check = new CheckResult("c", "transport.drops", "count", "<", 1, status, 0.0, null, "", 1);
            writer.finish(
                    new Summary(
                            Summary.SCHEMA,
                            passes ? Summary.Verdict.PASS : Summary.Verdict.FAIL,
                            passes ? 0 : 1,
                            scenario,
                            "h",
                            seed,
                            "virtual",
                            nodes,
                            600_000,
                            1,
                            1,
                            1,
                            "d",
                            List.of(check),
                            Map.of()),
                    Manifest.COMPLETE);
            return writer.directory();
        }
    }

    private double only(String row) throws IOException {
        Evidence evidence = evidence(row);
        evidence.add("a", 1, run("a", 1, 10, 30, true));
        evidence.add("b", 1, run("b", 1, 20, 30, false));
        return evidence.found().get(0).bySeed().values().iterator().next();
    }

    @Test
    void aValueIsAggregatedFromTheWindowsOfItsRange() throws IOException {
        assertThat(only("a,,drops,transport.drops,count,cause=full,run,,,count,550,550,s,"))
                .isEqualTo(550);
        assertThat(only("a,,drops,transport.drops,count,,run,,,count,550,550,s,"))
                .isEqualTo(560);
        assertThat(only("a,,drops,transport.drops,count,cause=full,80%..100%,,,count,1,,s,"))
                .isEqualTo(190);
        assertThat(only("a,,drops,transport.drops,count,cause=full,0s..2m,,,count,1,,s,"))
                .isEqualTo(30);
        assertThat(only("a,,share,transport.drops,ratio,cause=full,9m..10m,,,ratio,0.1,,s,"))
                .isEqualTo(0.1);
        assertThat(only("a,,latency,upload.latency,mean,,9m..10m,,,seconds,300,,s,"))
                .isEqualTo(300, within(1.0));
        assertThat(only("a,,per node,transport.drops,count,cause=full,run,,node,count,1,,s,"))
                .isEqualTo(2.75);
        assertThat(only("a,,scaled,transport.drops,count,cause=full,run,,1000-nodes,count,1,,s,"))
                .isEqualTo(2750);
        assertThat(only("a,,growth,upload.latency,p50,,9m..10m,0m..1m,,sign,1,,s,"))
                .isEqualTo(10, within(0.1));
        assertThat(only("b,,more than a,transport.drops,count,cause=full,run,@a,,ratio,2,2,s,"))
                .isEqualTo(2);
        assertThat(only("a,,all checks,,,,,,,checks,1,1,s,")).isEqualTo(1);
        assertThat(only("b,,all checks,,,,,,,checks,1,1,s,")).isZero();
    }

    @Test
    void theVerdictAppliesTheTolerancesAndStatesHowManySeedsHold() throws IOException {
        Evidence evidence = evidence("""
            a,0.2,"229 s, then 527 s",upload.latency,max,,run,,,seconds,527,527,#3,calibrated
            a,,drops,transport.drops,count,cause=full,run,,,count,500,500,#1,
            a,,more | drops,transport.drops,count,cause=full,run,,,count,900,1200,#1,too few
            a,,they grow,transport.drops,count,cause=full,50%..100%,0%..50%,,sign,1,,#1,
            c,,nobody ran it,transport.drops,count,,run,,,count,1,1,#9,
            """);
        for (long seed = 1; seed <= 5; seed++) evidence.add("a", seed, run("a", seed, 8 + (int) seed, 40, true));
        String table = EvidenceTable.of(evidence);
        assertThat(table.lines().skip(2).limit(5))
                .satisfiesExactly(
                        row -> assertThat(row)
                                .contains(
                                        "| 229 s, then 527 s | a | 400 s (400 s to 400 s) | 5, 200 | 0.76 | reproduced"
                                                + " | #3 |"),
                        row -> assertThat(row)
                                .contains("| 605 (495 to 715) | 5, 200 | 1.21 | reproduced, 3 of 5 seeds | #1 |"),
                        row -> assertThat(row)
                                .contains(
                                        "more \\| drops", "| 0.67 | **not reproduced**, 2 of 5 seeds | #1 | too few |"),
                        row -> assertThat(row).contains("|  | reproduced | #1 |"),
                        row -> assertThat(row).contains("| nobody ran it | c |  |  |  | no run | #9 |"));
        assertThat(table).contains("3 of 5 rows reproduced.");
    }

    @Test
    void networksOfDifferentSizesHaveRowsOfTheirOwn() throws IOException {
        Evidence evidence = evidence("a,,per node,transport.drops,count,cause=full,run,,node,count,2.75,2.75,s,");
        evidence.add("a", 1, run("a", 1000, 1, 50, 30, true));
        evidence.add("a", 1, run("a", 200, 1, 10, 30, true));
        assertThat(EvidenceTable.of(evidence).lines().skip(2).limit(2))
                .satisfiesExactly(
                        row -> assertThat(row).contains("| 2.75 (2.75 to 2.75) | 1, 200 |"),
                        row -> assertThat(row).contains("| 2.75 (2.75 to 2.75) | 1, 1000 |"));
    }

    @Test
    void fewerThanFiveSeedsAreNoted() throws IOException {
        Evidence evidence = evidence("a,,drops,transport.drops,count,cause=full,run,,,count,550,550,s,");
        evidence.add("a", 1, run("a", 1, 10, 30, true));
        assertThat(EvidenceTable.of(evidence)).contains("| within | reproduced (only 1 seed) |");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a,,x,transport.drop,count,,run,,,count,1,1,s,' | targets.csv:4: metric: got \"transport.drop\","
                        + " which nothing produces; did you mean transport.drops?",
                "'a,,x,transport.drops,p95,,run,,,count,1,1,s,' | stat: got \"p95\", expected one of count, rate,"
                        + " ratio",
                "'a,,x,transport.drops,count,full,run,,,count,1,1,s,' | where: got \"full\", expected key=value",
                "'a,,x,transport.drops,count,,20h..18h,,,count,1,1,s,' | expected a part of the run; write run,"
                        + " 18h..20h or 90%..100%",
                "'a,,x,transport.drops,count,,run,,each,count,1,1,s,' | per: got \"each\", expected nothing, node or"
                        + " 1000-nodes",
                "'a,,x,transport.drops,count,,run,,,many,1,1,s,' | kind: got \"many\", expected one of seconds, ratio,"
                        + " count, sign, checks",
                "'a,,x,transport.drops,count,,run,,,count,,,s,' | got neither low nor high",
                "'a,,x,transport.drops,count,,run,,,count,2,1,s,' | got low above high",
                "'a,,x,transport.drops,count,,run,,,count,30%,,s,' | low: got \"30%\", expected a number",
                "'a,,x,transport.drops,count,,run' | got 7 fields, expected 14",
            })
    void mistakesAreReportedWithTheirLine(String row, String words) {
        assertThatThrownBy(() -> evidence(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
