package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.EventSource;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cores whose speed changes while work is in progress and waiting. */
class CoreSpeedTest {

    private static final int JOBS = 200;

    private final Engine engine = new Engine();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void completionsAndUseAreThoseOfAQueueSimulatedFromChangeToChange(long seed) {
        RandomStream random = new RandomStream(seed);
        int cores = 1 + random.nextInt(4);
        long[] asked = new long[JOBS];
        double[] cost = new double[JOBS];
        for (int i = 0; i < JOBS; i++) {
            asked[i] = (i == 0 ? 0 : asked[i - 1]) + random.nextInt(30_000);
            cost[i] = 1_000 + random.nextInt(60_000);
        }
        TreeMap<Long, Double> speeds = new TreeMap<>();
        long at = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000);
        for (int change = 0; change < 8; change++) {
            speeds.put(at, random.nextInt(3) == 0 ? 1 : (1 + random.nextInt(8)) / (1.0 + random.nextInt(40)));
            at += random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(3_000_000);
        }
        speeds.put(at, 1.0);
        Processors processors = new Processors(new EventSource(engine, 1), cores, 0);
        processors.expectChanges();
        long[] done = new long[JOBS];
        speeds.forEach((when, speed) -> engine.schedule(when, () -> processors.setSpeed(engine.nowNanos(), speed)));
        for (int i = 0; i < JOBS; i++) {
            int job = i;
            Runnable finished = () -> {
                assertThat(done[job]).as("completed once").isZero();
                done[job] = engine.nowNanos();
            };
            engine.schedule(asked[i], () -> processors.run(engine.nowNanos(), cost[job], new Probe(finished)));
        }
        Reference expected = new Reference(cores, asked, cost, speeds);
        long busyBefore = 0;
        for (long now = 0; now < 20_000_000; now += 50_000) {
            engine.runUntil(now);
            expected.advance(now);
            long busy = processors.busyNanos(now);
            String where = "seed " + seed + " at " + now;
            assertThat((double) busy).as(where).isCloseTo(expected.busyNanos, within(JOBS * 40.0));
            assertThat(busy - busyBefore).as(where).isBetween(0L, cores * 50_000L + 1);
            busyBefore = busy;
        }
        engine.runUntil(Engine.END_NANOS - 1);
        expected.advance(Engine.END_NANOS - 1);
        for (int i = 0; i < JOBS; i++) {
            // until the first change, times are whole nanoseconds for each work
            assertThat((double) done[i])
                    .as("seed %d, work %d", seed, i)
                    .isCloseTo(expected.done[i], within(JOBS * 40.0));
        }
        assertThat(processors.backlogNanos(engine.nowNanos())).isZero();
        assertThat((double) processors.busyNanos(engine.nowNanos())).isCloseTo(expected.busyNanos, within(JOBS * 40.0));
    }

    /** The same queue from one arrival, change or completion to the next. */
    private static final class Reference {

        private final long[] asked;
        private final double[] cost;
        private final TreeMap<Long, Double> speeds;
        private final int[] running;
        private final double[] left;
        private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
        private final double[] done;
        private double busyNanos;
        private double now;
        private double speed = 1;
        private int next;

        Reference(int cores, long[] asked, double[] cost, TreeMap<Long, Double> speeds) {
            this.asked = asked;
            this.cost = cost;
            this.speeds = new TreeMap<>(speeds);
            running = new int[cores];
            Arrays.fill(running, -1);
            left = new double[cores];
            done = new double[asked.length];
        }

        void advance(double until) {
            while (true) {
                while (!speeds.isEmpty() && speeds.firstKey() <= now)
                    speed = speeds.pollFirstEntry().getValue();
                while (next < asked.length && asked[next] <= now) waiting.add(next++);
                for (int core = 0; core < left.length; core++) {
                    if (running[core] >= 0 && left[core] <= 1e-6) {
                        done[running[core]] = now;
                        running[core] = -1;
                    }
                    if (running[core] < 0 && !waiting.isEmpty()) {
                        running[core] = waiting.poll();
                        left[core] = cost[running[core]];
                    }
                }
                double step = until - now;
                if (!speeds.isEmpty()) step = Math.min(step, speeds.firstKey() - now);
                if (next < asked.length) step = Math.min(step, asked[next] - now);
                for (int core = 0; core < left.length; core++) {
                    if (running[core] >= 0) step = Math.min(step, left[core] / speed);
                }
                if (now >= until) return;
                for (int core = 0; core < left.length; core++) {
                    if (running[core] < 0) continue;
                    left[core] -= step * speed;
                    busyNanos += step;
                }
                now += step;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.005, 90", "0.3, 20", "0.0001, 1", "4, 2", "1000, 7"})
    void aFullHostIsBusyUntilTheBacklogIsGoneAndWaitingWorkReturnsToItsSpeed(double factor, int lastingMillis) {
        Processors processors = new Processors(new EventSource(engine, 1), 2, 0);
        processors.expectChanges();
        int[] completed = new int[1];
        int jobs = 2_000; // 1 ms each: a second of two cores
        for (int i = 0; i < jobs; i++) processors.run(0, 1e6, new Probe(() -> completed[0]++));
        long begin = 3_300_000;
        long end = begin + lastingMillis * 1_000_000L;
        engine.schedule(begin, () -> processors.setSpeed(engine.nowNanos(), factor));
        engine.schedule(end - begin, () -> {});
        engine.runUntil(begin);
        engine.runUntil(end);
        processors.setSpeed(end, 1);
        double doneMillis = 3.3 + lastingMillis * factor;
        double expectedMillis = doneMillis >= 1_000 ? 0 : 3.3 + lastingMillis + 1_000 - doneMillis;
        long before = 0;
        for (long now = 1_000_000; now < expectedMillis * 1e6; now += 1_000_000) {
            if (now < end) continue;
            engine.runUntil(now);
            long busy = processors.busyNanos(now);
            assertThat(busy).as("busy at " + now).isBetween(2 * now - 10, 2 * now);
            before = busy;
        }
        engine.runUntil(10_000_000_000L);
        assertThat(completed[0]).isEqualTo(jobs);
        long used = processors.busyNanos(engine.nowNanos());
        assertThat(used).isGreaterThanOrEqualTo(before);
        if (expectedMillis > 0) assertThat(used / 2e6).isCloseTo(expectedMillis, within(0.01));
        else assertThat(used / 2e6).isCloseTo(3.3 + (1_000 - 3.3) / factor, within(0.01));
    }

    @Test
    void workBehindWorkWithoutAnEventKeepsItsPlaceAtTheFirstChange() {
        Processors processors = new Processors(new EventSource(engine, 1), 1, 0);
        processors.expectChanges();
        assertThat(processors.occupy(0, 4_000)).isEqualTo(4_000);
        long[] done = new long[1];
        processors.run(0, 1_000, new Probe(() -> done[0] = engine.nowNanos()));
        engine.runUntil(2_000);
        processors.setSpeed(2_000, 0.5);
        engine.runUntil(1_000_000);
        assertThat(done[0]).isEqualTo(2_000 + 2 * 3_000);
    }

    @Test
    void lessBackgroundWorkSpeedsUpWhatWaitsOnceTheSpeedHasChanged() {
        Processors processors =
                new Processors(new EventSource(engine, 1), 1, 0.001); // a thousandth of a core for each connection
        processors.expectChanges();
        processors.addConnections(0, 100); // a tenth; at a tenth of the speed all but the least share
        processors.setSpeed(0, 0.1);
        long[] done = new long[1];
        processors.run(0, 1_000_000, new Probe(() -> done[0] = engine.nowNanos()));
        assertThat(processors.quietShare()).isEqualTo(0.95);
        engine.runUntil(100_000_000); // a two-hundredth of the speed: half is done
        processors.addConnections(100_000_000, -100);
        engine.runUntil(1_000_000_000);
        assertThat(done[0]).isEqualTo(100_000_000 + 5_000_000);
        assertThat(processors.busyNanos(engine.nowNanos())).isEqualTo(105_000_000);
    }

    @Test
    void backgroundWorkThatChangedWithinABacklogIsRemovedFromItsPriceAtTheFirstChange() {
        Processors processors = new Processors(new EventSource(engine, 1), 1, 0.001);
        processors.expectChanges();
        processors.addConnections(0, 900);
        long[] done = new long[2];
        processors.run(0, 1_000_000, new Probe(() -> done[0] = engine.nowNanos())); // 10 ms, as nine tenths are taken
        processors.addConnections(0, -900);
        processors.run(0, 1_000_000, new Probe(() -> done[1] = engine.nowNanos()));
        engine.runUntil(5_000_000);
        processors.setSpeed(5_000_000, 0.5);
        engine.runUntil(100_000_000);
        assertThat(done[0]).isBetween(6_000_000L, 6_000_001L);
        assertThat(done[1]).isBetween(8_000_000L, 8_000_001L);
    }

    @Test
    void processorsThatExpectNoChangeRefuseOne() {
        Processors processors = new Processors(new EventSource(engine, 1), 1, 0);
        processors.setSpeed(0, 1);
        assertThatThrownBy(() -> processors.setSpeed(0, 0.5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expectHostChanges");
        for (double wrong : List.of(0.0, -1.0, Double.NaN)) {
            assertThatThrownBy(() -> processors.setSpeed(0, wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** An event that runs an action, wherever it is moved. */
    private static final class Probe extends MovableEvent {

        private final Runnable action;

        Probe(Runnable action) {
            this.action = action;
        }

        @Override
        protected void fire() {
            action.run();
        }

        @Override
        MovableEvent copy() {
            return new Probe(action);
        }
    }
}
