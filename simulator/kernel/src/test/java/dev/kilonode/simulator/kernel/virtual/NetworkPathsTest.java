package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NetworkPathsTest {

    private static final int DRAWS = 100_000;
    private static final double MILLISECOND = 1e6;

    @Test
    void latencyGoesByPairOfRegionsInEitherOrder() {
        VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), 1);
        VirtualHost eu = world.addHost(Worlds.group("eu"));
        VirtualHost us = world.addHost(Worlds.group("us"));
        assertThat(world.paths().drawNanos(eu, us, 1)).isEqualTo(50_000_000);
        assertThat(world.paths().drawNanos(us, eu, 1)).isEqualTo(50_000_000);
        assertThat(world.paths().drawNanos(eu, eu, 1)).as("the default").isEqualTo(10_000_000);
        world.setLatencyFactor(2);
        us.setLatencyFactor(3);
        assertThat(world.paths().drawNanos(eu, us, 1)).isEqualTo(300_000_000);
        assertThat(world.paths().drawNanos(eu, eu, 1)).isEqualTo(20_000_000);
    }

    @Test
    void jitterIsUniformFromNothingToItsShare() {
        VirtualWorld world = Worlds.world(Worlds.network(0.5, 0, false), 2);
        VirtualHost eu = world.addHost(Worlds.group("eu"));
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            long nanos = world.paths().drawNanos(eu, eu, 1);
            assertThat(nanos).isBetween(10_000_000L, 15_000_000L);
            sum += nanos;
        }
        assertThat(sum / DRAWS).isCloseTo(12.5 * MILLISECOND, within(0.02 * MILLISECOND));
    }

    @Test
    void aMessageIsRetransmittedWithTheChanceThatAnyOfItsPacketsIsLost() {
        VirtualWorld world = Worlds.world(Worlds.network(0, 0.01, false), 3);
        VirtualHost eu = world.addHost(Worlds.group("eu"));
        assertThat(shareRetransmitted(world, eu, 1)).isCloseTo(0.01, within(0.002));
        assertThat(shareRetransmitted(world, eu, 5)).isCloseTo(1 - StrictMath.pow(0.99, 5), within(0.003));
        world.setLossFactor(10);
        assertThat(shareRetransmitted(world, eu, 1)).isCloseTo(0.1, within(0.004));
        eu.setLossFactor(10);
        assertThat(shareRetransmitted(world, eu, 1)).isEqualTo(1);
    }

    private static double shareRetransmitted(VirtualWorld world, VirtualHost host, int packets) {
        int retransmitted = 0;
        for (int i = 0; i < DRAWS; i++) {
            if (world.paths().drawNanos(host, host, packets) > 100_000_000) retransmitted++;
        }
        return (double) retransmitted / DRAWS;
    }
}
