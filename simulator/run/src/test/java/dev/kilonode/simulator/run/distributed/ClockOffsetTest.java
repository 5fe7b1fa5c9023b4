package dev.kilonode.simulator.run.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The offset of two clocks, from messages that take any time in either direction. */
class ClockOffsetTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -7_000_000_000L, Long.MAX_VALUE / 4, -Long.MAX_VALUE / 4})
    void theErrorIsAtMostWhatItSays(long offset) {
        Random random = new Random(offset);
        for (int run = 0; run < 200; run++) {
            ClockOffset clock = new ClockOffset();
            long sent = random.nextInt();
            for (int i = 0; i < 15; i++) {
                long there = 1_000 + random.nextInt(5_000_000);
                long back = 1_000 + random.nextInt(5_000_000);
                clock.exchanged(sent, sent + there + back, sent + there + offset, 0, 0);
                sent += 20_000_000;
            }
            long at = random.nextInt();
            assertThat(Math.abs(clock.onWorker(at) - at - offset))
                    .as("seed %d, run %d", offset, run)
                    .isLessThanOrEqualTo(clock.errorNanos());
            assertThat(clock.errorNanos()).isLessThanOrEqualTo(5_001_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 40_000_000, -40_000_000})
    void driftIsWhatHasChangedSinceTheBegin(long drift) {
        ClockOffset clock = new ClockOffset();
        clock.exchanged(1_000, 3_000, 2_000 + 500, 10, 17);
        clock.fix();
        assertThat(clock.onWorker(0)).isEqualTo(500);
        clock.exchanged(1_000_000, 1_002_000, 1_001_000 + 500 + drift, 0, 0);
        assertThat(clock.driftNanos()).isEqualTo(Math.abs(drift));
        assertThat(clock.onWorker(0)).as("the time base of the run stays").isEqualTo(500);
    }
}
