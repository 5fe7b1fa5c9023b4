package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.EventSource;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void completionsAreThoseOfAQueueSimulatedNanosecondByNanosecond(long seed) {
        RandomStream random = new RandomStream(seed);
        int cores = 1 + random.nextInt(4);
        int jobs = 300;
        long[] asked = new long[jobs];
        int[] cost = new int[jobs];
        for (int i = 0; i < jobs; i++) {
            asked[i] = (i == 0 ? 0 : asked[i - 1]) + random.nextInt(12);
            cost[i] = 1 + random.nextInt(30);
        }
        Processors processors = new Processors(new EventSource(new Engine(), 1), cores, 0);
        List<Long> computed = new ArrayList<>();
        for (int i = 0; i < jobs; i++) computed.add(processors.occupy(asked[i], cost[i]));
        assertThat(computed).as("seed %d", seed).isEqualTo(bruteForce(cores, asked, cost));
        long busy = 0;
        for (int c : cost) busy += c;
        assertThat(processors.busyNanos(1_000_000)).as("seed %d", seed).isEqualTo(busy);
        assertThat(processors.backlogNanos(1_000_000)).isZero();
    }

    private static List<Long> bruteForce(int cores, long[] asked, int[] cost) {
        Long[] done = new Long[asked.length];
        int[] running = new int[cores];
        int[] left = new int[cores];
        ArrayDeque<Integer> waiting = new ArrayDeque<>();
        int next = 0;
        int finished = 0;
        for (long now = 0; finished < asked.length; now++) {
            for (int core = 0; core < cores; core++) {
                if (left[core] > 0 && --left[core] == 0) {
                    done[running[core]] = now;
                    finished++;
                }
            }
            while (next < asked.length && asked[next] == now) waiting.add(next++);
            for (int core = 0; core < cores; core++) {
                Integer job = left[core] == 0 ? waiting.poll() : null;
                if (job == null) continue;
                running[core] = job;
                left[core] = cost[job];
            }
        }
        return List.of(done);
    }

    @Test
    void quietWorkSlowsEveryCoreAndIsCountedAsUse() {
        Processors processors =
                new Processors(new EventSource(new Engine(), 1), 2, 0.001); // a thousandth of a core each
        processors.expectChanges();
        processors.addConnections(0, 1_000); // half of two cores
        assertThat(processors.quietShare()).isCloseTo(0.5, within(1e-12));
        assertThat(processors.occupy(0, 1_000_000)).isEqualTo(2_000_000);
        assertThat(processors.busyNanos(10_000_000)).isEqualTo(10_000_000 + 1_000_000);
        processors.addConnections(10_000_000, 1_000_000);
        assertThat(processors.quietShare()).as("a twentieth is always left").isEqualTo(0.95);
        processors.addConnections(10_000_000, -1_001_000);
        processors.setSpeed(10_000_000, 0.5);
        assertThat(processors.occupy(10_000_000, 1_000_000)).isEqualTo(12_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void useNeverFallsAndIsNeverMoreThanTheTimeThatPassed(long seed) {
        RandomStream random = new RandomStream(seed);
        int cores = 1 + random.nextInt(4);
        Processors processors = new Processors(new EventSource(new Engine(), 1), cores, 0.01);
        processors.expectChanges();
        long now = 0;
        long before = 0;
        for (int step = 0; step < 2_000; step++) {
            switch (random.nextInt(4)) {
                case 0 -> processors.setSpeed(now, random.nextBoolean() ? 1 : 1.0 / (1 + random.nextInt(300)));
                case 1 -> processors.addConnections(now, random.nextInt(20) - processors.connections() / 20);
                default -> processors.occupy(now, 1 + random.nextInt(4_000));
            }
            boolean busy = processors.backlogNanos(now) > 0;
            long passed = random.nextInt(3_000);
            now += passed;
            long used = processors.busyNanos(now) - before;
            before += used;
            String where = "seed " + seed + ", step " + step;
            assertThat(used).as(where).isBetween(0L, cores * passed + 1); // results are whole nanoseconds
            if (busy && processors.backlogNanos(now) > 0 && cores == 1)
                assertThat(used).as(where).isGreaterThanOrEqualTo(passed - 1);
        }
    }
}
