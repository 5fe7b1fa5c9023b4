package dev.kilonode.simulator.run.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.DurationRange;
import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.upload.UploadResult;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.run.plan.PlannedUploader;
import dev.kilonode.simulator.scenario.Arrival;
import dev.kilonode.simulator.scenario.Churn;
import dev.kilonode.simulator.scenario.Phase;
import dev.kilonode.simulator.scenario.PhaseKind;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.Uploaders;
import dev.kilonode.simulator.scenario.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Times are in minutes. The first upload is due at minute 1; each test defines the durations of uploads. */
class UploadFleetTest {

    private static final long MINUTE = 60_000_000_000L;

    private final Engine engine = new Engine();
    private final List<String> ends = new ArrayList<>();
    private int missed;
    private int begun;
    private int stopped;

    @Test
    void openArrivalMeasuresFromTheIntendedStartAndCountsWhatItMissed() {
        // due at 1, 3, 5, 7, 9, 11; the first takes 7 minutes: 3 waits until 8, 5 and 7 exceed the queue limit
        UploadFleet fleet = fleet(Arrival.OPEN, 1, List.of(), upload -> upload == 0 ? 7 : 1);
        engine.runUntil(12 * MINUTE + 1);
        assertThat(ends)
                .containsExactly(
                        "0 due 1 began 1 ended 8",
                        "1 due 3 began 8 ended 9",
                        "2 due 9 began 9 ended 10",
                        "3 due 11 began 11 ended 12");
        assertThat(missed).isEqualTo(2);
        assertThat(fleet.invariantsHold()).as(fleet.toString()).isTrue();
    }

    @Test
    void severalThatWaitKeepTheirOrderAndTheirIntendedStarts() {
        // due at 1, 3, 5, 7, 9: 3 and 5 wait behind the first, 7 and 9 are missed
        UploadFleet fleet = fleet(Arrival.OPEN, 2, List.of(), upload -> upload == 0 ? 9 : 0);
        engine.runUntil(8 * MINUTE);
        assertThat(fleet)
                .hasToString(
                        "4 due = 1 started + 1 missed + 2 waiting; 1 started = 0 succeeded + 0 failed + 1 running");
        assertThat(fleet.invariantsHold()).isTrue();
        engine.runUntil(10 * MINUTE + 1);
        assertThat(ends)
                .containsExactly("0 due 1 began 1 ended 10", "1 due 3 began 10 ended 10", "2 due 5 began 10 ended 10");
        assertThat(missed).isEqualTo(2);
        assertThat(fleet.succeeded()).isEqualTo(3);
    }

    @Test
    void whatWaitedOverAQuietPhaseStillCountsFromWhenItWasDue() {
        List<Phase> phases = List.of(
                new Phase("on", PhaseKind.HOLD, Duration.ofMinutes(3), 1),
                new Phase("off", PhaseKind.HOLD, Duration.ofMinutes(60), 0));
        fleet(Arrival.OPEN, 5, phases, upload -> upload == 0 ? 20 : 1);
        engine.runUntil(40 * MINUTE);
        assertThat(ends).containsExactly("0 due 1 began 1 ended 21", "1 due 3 began 21 ended 22");
        assertThat(missed).isZero();
    }

    @Test
    void closedArrivalPausesAfterEachUploadAndMissesNothing() {
        UploadFleet fleet = fleet(Arrival.CLOSED, 0, List.of(), upload -> 10);
        engine.runUntil(39 * MINUTE);
        assertThat(ends)
                .containsExactly(
                        "0 due 1 began 1 ended 11", "1 due 14 began 14 ended 24", "2 due 27 began 27 ended 37");
        assertThat(missed).isZero();
        assertThat(fleet.running()).isZero();
        engine.runUntil(41 * MINUTE);
        assertThat(fleet.running()).isEqualTo(1);
    }

    @Test
    void theFleetsAccountBalancesAndWhatRunsAtTheEndIsReportedOnce() {
        UploadFleet fleet = fleet(Arrival.CLOSED, 0, List.of(), upload -> 10);
        engine.runUntil(20 * MINUTE);
        assertThat(fleet)
                .hasToString(
                        "2 due = 2 started + 0 missed + 0 waiting; 2 started = 1 succeeded + 0 failed + 1 running");
        assertThat(fleet.invariantsHold()).isTrue();
        fleet.reportRunning();
        assertThat(ends).containsExactly("0 due 1 began 1 ended 11", "1 due 14 began 14 still running");
        assertThat(begun).isEqualTo(2);
        assertThat(stopped).isEqualTo(1);
    }

    @Test
    void aFailedUploadIsCountedAsSuch() {
        UploadFleet fleet = fleet(Arrival.CLOSED, 0, List.of(), upload -> -5);
        engine.runUntil(8 * MINUTE);
        assertThat(fleet)
                .hasToString(
                        "1 due = 1 started + 0 missed + 0 waiting; 1 started = 0 succeeded + 1 failed + 0 running");
    }

    /** @param minutes duration of each upload; negative for an upload that fails after that time */
    private UploadFleet fleet(Arrival arrival, int maxQueued, List<Phase> phases, LongUnaryOperator minutes) {
        Uploaders uploaders = new Uploaders(
                1,
                "one",
                2,
                new Bandwidth(1e6),
                new Bandwidth(1e6),
                Duration.ofMinutes(1),
                Duration.ZERO,
                arrival,
                new DurationRange(Duration.ofMinutes(3), Duration.ofMinutes(3)),
                Duration.ofMinutes(2),
                maxQueued,
                new Ratio(0));
        Scenario smoke = new ScenarioLoader()
                .load(Path.of("../..", "scenarios", "smoke.yaml"))
                .scenario();
        Workload workload = new Workload(
                uploaders,
                smoke.workload().upload(),
                phases,
                new Churn(new Frequency(0), Duration.ofMinutes(1), new Ratio(0), new Ratio(0)));
        UploadFleet fleet = new UploadFleet(
                engine,
                Part.WHOLE,
                List.of(new PlannedUploader(0, 0, MINUTE)),
                workload,
                new Seeds(1),
                new Clients(minutes),
                new Sink());
        fleet.start();
        return fleet;
    }

    private final class Clients implements ClientSource {
        private final LongUnaryOperator minutes;

        Clients(LongUnaryOperator minutes) {
            this.minutes = minutes;
        }

        @Override
        public Client upload(int uploader, long upload, Listener listener) {
            long length = minutes.applyAsLong(upload);
            UploadResult result = new UploadResult(length >= 0, "", 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            engine.schedule(Math.abs(length) * MINUTE, () -> listener.uploadEnded(result, engine.nowNanos()));
            return new Client() {
                @Override
                public int chunks() {
                    return 3;
                }

                @Override
                public void stop(boolean abrupt) {
                    stopped++;
                }
            };
        }
    }

    private final class Sink implements UploadObserver {
        @Override
        public void uploadStarted() {
            begun++;
        }

        @Override
        public void uploadMissed() {
            missed++;
        }

        @Override
        public void uploadEnded(
                long upload,
                int uploader,
                long intendedNanos,
                long startNanos,
                long endNanos,
                int chunks,
                @Nullable UploadResult result) {
            String end = result == null ? "still running" : "ended " + endNanos / MINUTE;
            ends.add(upload + " due " + intendedNanos / MINUTE + " began " + startNanos / MINUTE + " " + end);
        }
    }
}
