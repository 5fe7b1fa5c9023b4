package dev.kilonode.simulator.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a thread may sleep that drives the engine by its own clock. */
class SleepTest {

    @Test
    void nothingIsDueBeforeTheEndOfTimeWhenNothingWaits() {
        assertThat(new Engine().nothingBeforeNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoeverSleepsUntilThenMissesNothingAndAlwaysGetsOn(long seed) {
        RandomGenerator random = new RandomStream(seed);
        Engine engine = new Engine();
        long[] fired = new long[1];
        int events = 2_000;
        for (int i = 0; i < events; i++) {
            long atNanos = random.nextLong(1L << (10 + i % 45));
            engine.schedule(atNanos, () -> {
                assertThat(engine.nowNanos()).as("seed " + seed).isEqualTo(atNanos);
                fired[0]++;
            });
        }
        int sleeps = 0;
        while (fired[0] < events) {
            long untilNanos = engine.nothingBeforeNanos();
            long before = fired[0];
            if (untilNanos > engine.nowNanos()) {
                engine.runUntil(untilNanos - 1);
                assertThat(fired[0]).as("nothing is due before, seed " + seed).isEqualTo(before);
            }
            engine.runUntil(untilNanos);
            assertThat(++sleeps).as("sleeps, seed " + seed).isLessThan(10 * events);
        }
        assertThat(engine.nothingBeforeNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
