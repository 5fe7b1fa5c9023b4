package dev.kilonode.reports.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.TrendResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {

    @Test
    void timesReadAsPeopleSayThem() {
        assertThat(List.of(0L, 2_000L, 155L, 59_999L, 60_000L, 185_000L, 3_599_999L, 27_600_000L, 118_800_000L))
                .extracting(Format::time)
                .containsExactly(
                        "0 s", "2 s", "0.155 s", "59.999 s", "1 min", "3 min 5 s", "1 h", "7 h 40 min", "33 h");
    }

    @Test
    void quantitiesHaveTheUnitOfTheirMetric() {
        assertThat(Format.quantity("upload.latency", "p95", 702_000.0)).isEqualTo("11.7 min");
        assertThat(Format.quantity("registry.lock.wait", "p99", 0.08)).isEqualTo("80 µs");
        assertThat(Format.quantity("identity.timeouts", "ratio", 0.031)).isEqualTo("3.10 %");
        assertThat(Format.quantity("transport.drops", "count", 81_234.0)).isEqualTo("81,234");
        assertThat(Format.quantity("host.cpu", "max", 0.71)).isEqualTo("71 %");
        assertThat(Format.quantity("host.bytes.up", "max", 4.2e6)).isEqualTo("4.20 MB/s");
        assertThat(Format.quantity("replication.loop.occupied", "p95", 1_500.0)).isEqualTo("1,500 ms");
        assertThat(Format.quantity("jvm.heap", "max", 4.2e6)).isEqualTo("4.01 MiB");
        assertThat(Format.quantity("node.up", "mean", 99.6)).isEqualTo("100");
        assertThat(Format.quantity("of.another.version", "max", 0.5)).isEqualTo("0.50");
        assertThat(Format.quantity("upload.latency", "p95", null)).isEqualTo("no data");
    }

    @Test
    void aCheckThatWantsMuchHasNoWorstTime() {
        assertThat(Format.worstAt(check(">="))).isEmpty();
        assertThat(Format.worstAt(check("<="))).isEqualTo("1 min");
    }

    @Test
    void aTrendIsSaidInPerCentWithItsTime() {
        CheckResult check = new CheckResult(
                "c",
                "upload.latency",
                "p50",
                "<=",
                0.1,
                CheckResult.Status.FAIL,
                0.68,
                60_000L,
                "a day must end as it began",
                900,
                "",
                "trend",
                "fail",
                "",
                new TrendResult(186_000, 312_000, 0.68, 0.0002, 70_800_000L, 120, 24, 0.3));
        assertThat(Format.measured(check)).isEqualTo("upload.latency p50, trend");
        assertThat(Format.actual(check)).isEqualTo("+68 %");
        assertThat(Format.limit(check)).isEqualTo("+10 %");
        assertThat(Format.explanation(check))
                .isEqualTo("from 3.10 min to 5.20 min since 19 h 40 min, p 0.00020 over 24 blocks; a day must end as it"
                        + " began");
    }

    private static CheckResult check(String op) {
        return new CheckResult("c", "upload.latency", "p95", op, 1, CheckResult.Status.FAIL, 2.0, 60_000L, "", 9);
    }
}
