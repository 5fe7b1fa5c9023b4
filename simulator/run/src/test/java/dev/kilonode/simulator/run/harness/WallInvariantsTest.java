package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The race and its remedy in wall time, shorter than as shipped. */
@Tag("once")
class WallInvariantsTest {

    @TempDir
    Path out;

    @Test
    void theRaceIsShownInWallTimeAndItsRemedyHolds() {
        CompletableFuture<SmallRun> race = CompletableFuture.supplyAsync(() -> run("race", 1));
        CompletableFuture<SmallRun> paired = CompletableFuture.supplyAsync(() -> run("race-paired", 101));
        assertThat(violated(race.join())).contains("peers-have-connections", "peer-events-paired", "peer-count-agrees");
        assertThat(race.join().end().verdict().result()).isEqualTo(Summary.Verdict.FAIL);
        assertThat(violated(paired.join())).isEmpty();
    }

    private SmallRun run(String scenario, int firstHost) {
        String first = Loopback.first();
        String block = first.substring(0, first.lastIndexOf('.') + 1);
        try {
            return SmallRun.of(
                    Path.of("../..", "scenarios", scenario + ".yaml"),
                    out.resolve(scenario),
                    true,
                    RunControl.NONE,
                    "clock=wall",
                    "wall.first-address=" + block + firstHost,
                    "identity.algorithm=Ed25519",
                    "duration=40s",
                    "metrics.window=5s",
                    "nodes.join-over=3s",
                    "workload.uploaders.start-after=4s",
                    "workload.uploaders.start-spread=2s",
                    "workload.phases=[{name: load, kind: hold, duration: 8s, uploaders: 10},"
                            + " {name: quiet, kind: hold, duration: 28s, uploaders: 0}]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> violated(SmallRun run) {
        return run.events().stream()
                .filter(event -> event.type() == EventRow.Type.INVARIANT)
                .map(EventRow::name)
                .toList();
    }
}
