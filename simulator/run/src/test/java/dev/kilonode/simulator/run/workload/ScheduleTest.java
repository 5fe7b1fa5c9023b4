package dev.kilonode.simulator.run.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.scenario.Phase;
import dev.kilonode.simulator.scenario.PhaseKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    private static final Schedule RAMP_HOLD_SPIKE_RAMP = new Schedule(
            List.of(
                    phase("up", PhaseKind.RAMP, 10, 8),
                    phase("steady", PhaseKind.HOLD, 5, 6),
                    phase("rush", PhaseKind.SPIKE, 2, 10),
                    phase("down", PhaseKind.RAMP, 6, 0)),
            10);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "300, 4",
        "599, 8",
        "600, 6",
        "899, 6",
        "900, 10",
        "1019, 10",
        "1020, 6",
        "1200, 3",
        "1379, 0",
        "1380, 0",
        "99999, 0"
    })
    void phasesFollowOneAnotherAndASpikeLeavesNoTrace(long second, int active) {
        assertThat(RAMP_HOLD_SPIKE_RAMP.active(second * 1_000_000_000L)).isEqualTo(active);
    }

    @Test
    void afterTheLastPhaseItsNumberStaysUnlessItWasASpike() {
        assertThat(new Schedule(List.of(phase("a", PhaseKind.HOLD, 1, 3)), 9).active(Long.MAX_VALUE))
                .isEqualTo(3);
        assertThat(new Schedule(List.of(phase("a", PhaseKind.HOLD, 1, 3), phase("b", PhaseKind.SPIKE, 1, 9)), 9)
                        .active(Long.MAX_VALUE))
                .isEqualTo(3);
    }

    @Test
    void withoutPhasesAllAreActiveAllTheTime() {
        Schedule schedule = new Schedule(List.of(), 7);
        assertThat(schedule.active(0)).isEqualTo(7);
        assertThat(schedule.active(Long.MAX_VALUE)).isEqualTo(7);
    }

    private static Phase phase(String name, PhaseKind kind, long minutes, int uploaders) {
        return new Phase(name, kind, Duration.ofMinutes(minutes), uploaders);
    }
}
