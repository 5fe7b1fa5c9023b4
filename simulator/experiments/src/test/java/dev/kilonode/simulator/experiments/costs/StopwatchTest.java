package dev.kilonode.simulator.experiments.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopwatchTest {

    private final AtomicLong now = new AtomicLong();
    private final Stopwatch watch = new Stopwatch(now::get, 100_000);

    @Test
    void warmUpIsNotCountedAndOutliersDoNotMoveTheMedian() {
        AtomicLong calls = new AtomicLong();
        Timing timing = watch.time(() -> {
            long call = calls.incrementAndGet();
            boolean cold = now.get() < 50_000;
            return now.addAndGet(cold ? 9_000 : call % 50 == 0 ? 5_000 : 500 + call % 3);
        });
        assertThat(timing.medianNanos()).isBetween(500L, 502L);
        assertThat(timing.lowNanos()).isEqualTo(500);
        assertThat(timing.highNanos()).isBetween(500L, 502L);
        assertThat(timing.samples()).isBetween(150, 200);
        assertThat(watch.sink()).isNotZero();
    }

    @Test
    void slowOperationsAreMeasuredOftenEnoughWhateverTheBudget() {
        Timing timing = watch.time(() -> now.addAndGet(1_000_000));
        assertThat(timing.samples()).isEqualTo(30);
        assertThat(timing.medianNanos()).isEqualTo(1_000_000);
    }

    @Test
    void theTimePerKibIsTheDifferenceAndNeverNegative() {
        Timing small = new Timing(10, 90, 100, 130);
        Timing large = new Timing(10, 1_000, 1_100, 1_500);
        assertThat(Timing.perKib(small, large, 10)).isEqualTo(new Timing(10, 87, 100, 141));
        assertThat(Timing.perKib(large, small, 10).medianNanos()).isZero();
    }

    @Test
    void timesAreExactInTheUnitThatReadsBest() {
        assertThat(CostsYaml.time(7)).isEqualTo("7ns");
        assertThat(CostsYaml.time(1_000)).isEqualTo("1us");
        assertThat(CostsYaml.time(612_345)).isEqualTo("612.345us");
        assertThat(CostsYaml.time(1_250_000)).isEqualTo("1.25ms");
    }
}
