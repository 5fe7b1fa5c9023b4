package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.ProgressListener;
import dev.kilonode.simulator.run.ProgressReport;
import dev.kilonode.simulator.run.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

    private List<String> lines(String mode, long wallSeconds) {
        ProgressListener progress = ProgressDisplay.of(mode, new Console(stream, stream, Map.of(), false, false));
        for (long quarter = 0; quarter <= wallSeconds * 4; quarter++)
            progress.report(at(quarter * 250, wallSeconds * 1000));
        progress.finished();
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static ProgressReport at(long wallMillis, long endMillis) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(wallMillis);
        boolean early = wallMillis < 1000;
        return new ProgressReport(
                nanos * 100,
                TimeUnit.MILLISECONDS.toNanos(endMillis) * 100,
                nanos,
                200,
                wallMillis * 10,
                wallMillis / 7,
                wallMillis / 900,
                3,
                wallMillis / 5000,
                0,
                early ? Double.NaN : 175_000,
                early ? Double.NaN : 180_000,
                "3 ok");
    }

    @Test
    void sixHoursMakeAtMostTwoHundredPlainLines() {
        List<String> lines = lines("auto", TimeUnit.HOURS.toSeconds(6));
        assertThat(lines).hasSizeBetween(50, 200);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b", "\r");
        assertThat(lines.get(0)).startsWith("  0% 0:00:00 of 600:00:00").contains("no estimate yet");
        assertThat(lines.get(lines.size() - 1))
                .startsWith("100% 600:00:00 of 600:00:00, x100, ETA 0s: 200 nodes")
                .endsWith("; 3 ok");
    }

    @Test
    void gapsGrowFromSecondsToMinutes() {
        assertThat(lines("plain", 600)).hasSize(1 + 12 + 9);
    }

    @Test
    void jsonLinesAreJsonWithoutNaN() throws IOException {
        for (String line : lines("json", 120)) {
            assertThat(new ObjectMapper().readTree(line).at("/done").isNumber()).isTrue();
            assertThat(line).doesNotContain("NaN");
        }
    }

    @Test
    void aTerminalGetsAtMostTwelveShortLinesFourTimesASecond() {
        ProgressListener progress = ProgressDisplay.of("tty", new Console(stream, stream, Map.of(), false, false));
        for (long millis = 0; millis <= 10_000; millis += 10) progress.report(at(millis, 20_000));
        progress.finished();
        String text = err.toString(StandardCharsets.UTF_8);
        int frames = text.split("\\[=* *] ").length - 1;
        assertThat(frames).isEqualTo(41);
        assertThat(text.lines().count() / frames).isLessThanOrEqualTo(12);
        assertThat(text.lines())
                .allSatisfy(line -> assertThat(
                                line.replaceAll("\u001b\\[[0-9]*[A-Z]", "").length())
                        .isLessThan(80));
        assertThat(text).contains(" 50%  ETA 10s");
    }

    @Test
    void noneIsSilent() {
        assertThat(lines("none", 100)).isEmpty();
    }

    @Test
    void aStopIsRequestedOnce() {
        StopSignal stop = new StopSignal();
        assertThat(stop.requested()).isFalse();
        assertThat(stop.request(ExitCode.TERMINATED)).isTrue();
        assertThat(stop.request(ExitCode.INTERRUPTED)).isFalse();
        assertThat(stop.cause()).isEqualTo(ExitCode.TERMINATED);
    }
}
