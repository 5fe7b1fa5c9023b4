package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.EndpointLock;
import dev.kilonode.simulator.settings.EndpointLockCost;
import dev.kilonode.simulator.settings.LockStarvation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Compares the durations of registrations with the formula of the cost model. */
class EndpointLockTest {

    private static final int CONNECTIONS = 800;
    private static final long SECOND = 1_000_000_000L;

    private static EndpointLockCost cost(LockStarvation starvation) {
        return new EndpointLockCost(
                4,
                Duration.ofNanos(50_000),
                Duration.ofNanos(8),
                Duration.ofNanos(12_000),
                new Frequency(1.2),
                0.3,
                starvation,
                "test");
    }

    @Test
    void theMeanIsThatOfTheFormula() {
        EndpointLock lock = new EndpointLock(cost(Worlds.NEVER), new RandomStream(5));
        int draws = 50_000;
        for (int i = 0; i < draws; i++) {
            long nowNanos = i * SECOND / 10;
            lock.countMessage(nowNanos); // 10 messages/s
            lock.register(nowNanos, CONNECTIONS);
        }
        double packetsPerSecond = 1.2 * CONNECTIONS + 0.3 * 10;
        double expected = 4 * 12_000 * packetsPerSecond + 50_000 + 4 * 8.0 * CONNECTIONS;
        assertThat((double) lock.totalNanos() / draws).isCloseTo(expected, within(0.05 * expected));
        assertThat(lock.packetsPerSecond(draws * SECOND / 10, CONNECTIONS)).isCloseTo(packetsPerSecond, within(0.1));
    }

    @Test
    void starvationGrowsWithThePowerOfTheConnections() {
        LockStarvation cubic = new LockStarvation(new Ratio(0.006), 1_000, 3, Duration.ofSeconds(40));
        assertThat(cubic.probabilityAt(2_000)).isCloseTo(0.048, within(1e-12));
        assertThat(cubic.probabilityAt(100_000)).isEqualTo(1);
        EndpointLock lock = new EndpointLock(cost(cubic), new RandomStream(6));
        for (int i = 0; i < 100_000; i++) lock.register(i * SECOND, 2_000);
        assertThat(lock.starvations() / 100_000.0).isCloseTo(0.048, within(0.0025));
        assertThat(lock.longestNanos()).isGreaterThan(40 * SECOND);
    }

    @Test
    void scansWaitForEachOtherAndWaitsDoNot() {
        EndpointLockCost scansOnly = new EndpointLockCost(
                1,
                Duration.ofNanos(1_000),
                Duration.ofNanos(10),
                Duration.ZERO,
                new Frequency(0),
                0,
                Worlds.NEVER,
                "test");
        EndpointLock lock = new EndpointLock(scansOnly, new RandomStream(7));
        assertThat(lock.register(0, 100)).isEqualTo(2_000);
        assertThat(lock.register(0, 100)).isEqualTo(4_000);
        assertThat(lock.register(10_000, 100)).isEqualTo(12_000);

        LockStarvation always = new LockStarvation(new Ratio(1), 1, 0, Duration.ofSeconds(40));
        EndpointLockCost starving = new EndpointLockCost(
                1, Duration.ofNanos(1_000), Duration.ZERO, Duration.ZERO, new Frequency(0), 0, always, "test");
        EndpointLock starved = new EndpointLock(starving, new RandomStream(8));
        assertThat(starved.register(0, 1)).isEqualTo(40 * SECOND + 1_000);
        assertThat(starved.register(0, 1)).isEqualTo(40 * SECOND + 2_000);
    }

    @Test
    void theMessageRateFollowsOverFiveSecondsAndIsForgotten() {
        EndpointLock lock = new EndpointLock(cost(Worlds.NEVER), new RandomStream(9));
        for (int i = 0; i < 5 * 100; i++) lock.countMessage(i * SECOND / 100);
        double risen = lock.packetsPerSecond(5 * SECOND, 0) / 0.3;
        assertThat(risen).isCloseTo(100 * (1 - StrictMath.exp(-1)), within(1.0));
        assertThat(lock.packetsPerSecond(10 * SECOND, 0) / 0.3).isCloseTo(risen * StrictMath.exp(-1), within(1.0));
        assertThat(lock.packetsPerSecond(10_000 * SECOND, 0)).isEqualTo(0);
    }
}
