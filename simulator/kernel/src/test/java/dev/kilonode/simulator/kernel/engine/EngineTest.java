package dev.kilonode.simulator.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.runtime.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {

    private static final long HOURS_33 = 33 * 3_600_000_000_000L;

    private final Engine engine = new Engine();

    @Test
    void eventsAtOneInstantHappenInTheOrderTheyWereScheduled() {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            engine.schedule(i % 2 == 0 ? 5 : 7, () -> seen.add(number));
        }
        engine.runUntil(10);
        for (int i = 0; i < 500; i++) {
            assertThat(seen.get(i)).isEqualTo(2 * i);
            assertThat(seen.get(500 + i)).isEqualTo(2 * i + 1);
        }
        assertThat(engine.nowNanos()).isEqualTo(10);
    }

    @Test
    void whatIsScheduledForNowHappensNowAfterWhatWasThereBefore() {
        List<String> seen = new ArrayList<>();
        engine.schedule(3, () -> {
            seen.add("first");
            engine.schedule(0, () -> seen.add("third at " + engine.nowNanos()));
        });
        engine.schedule(3, () -> seen.add("second"));
        engine.runUntil(3);
        assertThat(seen).containsExactly("first", "second", "third at 3");
    }

    @Test
    void anInterruptEndsTheRunAtTheEventDuringWhichItComes() {
        List<Integer> seen = new ArrayList<>();
        engine.schedule(1, () -> {
            seen.add(1);
            engine.interrupt();
        });
        engine.schedule(1, () -> seen.add(2));
        engine.runUntil(100);
        assertThat(seen).containsExactly(1);
        assertThat(engine.nowNanos()).isEqualTo(1);
        engine.runUntil(100);
        assertThat(seen).as("it stays so").containsExactly(1);
        assertThatThrownBy(engine::checkpoint).isInstanceOf(InterruptedRunException.class);
    }

    @Test
    void aRunOfSoManyEventsGoesOnWhereItEnded() {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            engine.schedule(i, () -> seen.add(number));
        }
        assertThat(engine.runUntil(10, 3)).isFalse();
        assertThat(seen).containsExactly(0, 1, 2);
        assertThat(engine.nowNanos()).isEqualTo(2);
        assertThat(engine.runUntil(10, 2)).as("no more is due").isTrue();
        assertThat(seen).containsExactly(0, 1, 2, 3, 4);
        assertThat(engine.nowNanos()).isEqualTo(10);
    }

    @Test
    void progressGrowsWithEventsAndSteps() {
        engine.schedule(1, () -> {});
        engine.runUntil(1);
        assertThat(engine.progress()).isEqualTo(1);
        engine.step();
        engine.checkpoint();
        assertThat(engine.progress()).isEqualTo(3);
        assertThat(engine.eventsFired()).isEqualTo(1);
    }

    @Test
    void thePastIsRefusedAndTheEndOfTimeIsNot() {
        engine.runUntil(1_000);
        assertThatThrownBy(() -> engine.schedule(-1, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("999");
        engine.schedule(Long.MAX_VALUE, () -> {}).cancel();
        assertThat(engine.eventsPending()).isZero();
    }

    @Test
    void cancelledTimersDoNotPileUp() {
        for (int i = 0; i < 100_000; i++) {
            Timer timer = engine.schedule(HOURS_33 - i, () -> {});
            timer.cancel();
            timer.cancel();
        }
        assertThat(engine.eventsPending()).isZero();
        assertThat(engine.eventsCancelled()).isEqualTo(100_000);
        engine.runUntil(HOURS_33);
        assertThat(engine.eventsFired()).isZero();
    }

    @Test
    void theWheelLetsGoOfWhatWasCalledOff() {
        TimingWheel timingWheel = new TimingWheel();
        int most = 0;
        for (int i = 0; i < 100_000; i++) {
            ScheduledCall call = new ScheduledCall(() -> {});
            call.atNanos = HOURS_33 - i * 1_000_000L;
            timingWheel.add(call);
            timingWheel.callOff(call);
            most = Math.max(most, timingWheel.linked());
        }
        assertThat(most).isBetween(1_000, 1_100);
    }

    @Test
    void whatWasCalledOffIsNotScheduledAgain() {
        ScheduledCall far = new ScheduledCall(() -> {});
        ScheduledCall near = new ScheduledCall(() -> {});
        engine.schedule(far, HOURS_33);
        engine.schedule(near, 1);
        assertThat(far.callOff()).isTrue();
        assertThat(near.callOff()).isTrue();
        assertThat(far.callOff()).isFalse();
        assertThatThrownBy(() -> engine.schedule(far, 5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> engine.schedule(near, 5)).isInstanceOf(IllegalStateException.class);
    }

    /** Compares random schedules, with ties, cancellations and inserts at the current instant, with a plain priority queue. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itAgreesWithAPriorityQueue(long seed) {
        Model model = new Model(new RandomStream(seed));
        for (int i = 0; i < 2_000; i++) model.scheduleOne();
        long limitNanos = 0;
        while (!model.expected.isEmpty() && model.fired < 60_000) {
            limitNanos += model.delay();
            model.engine.runUntil(limitNanos);
            assertThat(model.expected.isEmpty() || model.expected.peek().at > limitNanos)
                    .as("seed %d: all that was due by %d has happened", seed, limitNanos)
                    .isTrue();
            assertThat(model.engine.eventsPending()).as("seed %d", seed).isEqualTo(model.expected.size());
        }
        assertThat(model.fired).as("seed %d", seed).isGreaterThan(2_000);
        assertThat(model.mismatches).as("seed %d", seed).isZero();
    }

    private static final class Model {
        final Engine engine = new Engine();
        final RandomStream random;
        final PriorityQueue<Probe> expected =
                new PriorityQueue<>(Comparator.<Probe>comparingLong(p -> p.at).thenComparingLong(p -> p.order));
        final List<Probe> live = new ArrayList<>();
        long order;
        int fired;
        int mismatches;

        Model(RandomStream random) {
            this.random = random;
        }

        long delay() {
            return switch (random.nextInt(8)) {
                case 0 -> 0;
                case 1 -> random.nextInt(3);
                case 2 -> random.nextInt(20_000);
                case 3 -> random.nextInt(20) * 16_384L;
                case 4 -> random.nextLong(300_000_000L);
                case 5 -> random.nextLong(100_000_000_000L);
                case 6 -> random.nextLong(10) << random.nextInt(46);
                default -> random.nextInt(50) == 0 ? random.nextLong(HOURS_33) : random.nextInt(2_000_000);
            };
        }

        void scheduleOne() {
            Probe probe = new Probe(this);
            probe.at = engine.nowNanos() + delay();
            probe.order = order++;
            engine.schedule(probe, probe.at);
            expected.add(probe);
            live.add(probe);
        }

        void happened(Probe probe) {
            fired++;
            if (expected.poll() != probe || engine.nowNanos() != probe.at) mismatches++;
            int successors = fired < 50_000 ? random.nextInt(3) : 0;
            for (int i = 0; i < successors; i++) scheduleOne();
            if (random.nextInt(4) == 0) {
                Probe victim = live.get(random.nextInt(live.size()));
                boolean pending = expected.remove(victim);
                if (victim.callOff() != pending) mismatches++;
                if (pending) scheduleOne();
            }
            if (live.size() > 4_000) live.subList(0, 2_000).clear();
        }
    }

    private static final class Probe extends Event {
        private final Model model;
        long at;
        long order;

        Probe(Model model) {
            this.model = model;
        }

        @Override
        protected void fire() {
            model.happened(this);
        }
    }
}
