package dev.kilonode.reports.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeScaleTest {

    private static final long MINUTE_MS = 60_000;

    @Test
    void threeHoursTickEveryQuarterOfAnHour() {
        TimeScale scale = TimeScale.of(180 * MINUTE_MS);
        assertThat(scale.unit()).isEqualTo("h:min");
        assertThat(scale.stepMs()).isEqualTo(15 * MINUTE_MS);
        assertThat(scale.label(105 * MINUTE_MS)).isEqualTo("1:45");
    }

    @Test
    void aDayAndAHalfTicksAtWholeHours() {
        TimeScale scale = TimeScale.of(33 * 60 * MINUTE_MS);
        assertThat(scale).isEqualTo(new TimeScale("h", 60 * MINUTE_MS, 180 * MINUTE_MS));
        assertThat(scale.label(180 * MINUTE_MS)).isEqualTo("3");
    }

    @Test
    void noLengthHasMoreTicksThanFit() {
        for (long ms = 1; ms < 400L * 24 * 60 * MINUTE_MS; ms = ms * 3 / 2 + 1) {
            assertThat(ms / TimeScale.of(ms).stepMs())
                    .as("ticks of %s ms", ms)
                    .isLessThanOrEqualTo(TimeScale.MOST_TICKS);
        }
    }

    @Test
    void twoSecondsTickInFractions() {
        TimeScale scale = TimeScale.of(2_000);
        assertThat(scale.unit()).isEqualTo("s");
        assertThat(scale.label(200)).isEqualTo("0.2");
    }
}
