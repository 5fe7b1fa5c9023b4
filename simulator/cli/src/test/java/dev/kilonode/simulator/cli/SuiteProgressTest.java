package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.suite.SuiteRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteProgressTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long nowNanos = 7;

    private SuiteProgress progress(int planned, long before) {
        PrintStream to = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new SuiteProgress(new Console(to, to, Map.of(), false, false), planned, before, false, () -> nowNanos);
    }

    private List<String> said() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    private static SuiteRun ended(SuiteRun.State state) {
        return SuiteRun.waiting("smoke", "smoke.yaml", "hash", 3, 1).with(state, 0, "words", "d", 1_500);
    }

    @Test
    void theTimeThatIsLeftIsThatOfTheRunsMadeNow() {
        SuiteProgress progress = progress(10, 4);
        pass(Duration.ofMinutes(1));
        progress.ended(ended(SuiteRun.State.PASS), 5);
        pass(Duration.ofMinutes(3));
        progress.ended(ended(SuiteRun.State.PASS), 6);
        progress.ended(ended(SuiteRun.State.PASS), 10);
        assertThat(said())
                .containsExactly(
                        "[ 5/10] pass          smoke seed 3 (1.5 s): words, about 5m left",
                        "[ 6/10] pass          smoke seed 3 (1.5 s): words, about 8m left",
                        "[10/10] pass          smoke seed 3 (1.5 s): words");
    }

    @Test
    void whileNoRunEndsItSaysHowFarTheyAre() {
        SuiteProgress progress = progress(4, 0);
        for (int i = 1; i <= 20; i++) {
            pass(Duration.ofSeconds(2));
            progress.progress(0, List.of(i / 40.0, i / 80.0));
        }
        assertThat(said()).containsExactly("0 of 4 runs have ended, under way: 38 %, 19 %, about 3m left");
    }

    @Test
    void aLargeSuiteSaysSomeOfWhatPassesAndTheFirstThatDoesNot() {
        SuiteProgress progress = progress(5_000, 0);
        for (int i = 1; i <= 5_000; i++) {
            progress.ended(ended(i % 2 == 0 ? SuiteRun.State.PASS : SuiteRun.State.FAIL), i);
        }
        assertThat(said()).hasSize(100 + 50);
    }
}
