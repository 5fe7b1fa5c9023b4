package dev.kilonode.simulator.world;

import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Now and then a registration waits very long, the more often the more connections there are. */
public record Starvation(
        @Setting("probability per registration when there are as many connections as named")
        Ratio probability,

        @Setting("number of connections that the probability is stated for")
        int connections,

        @Setting("power of the number of connections that the probability grows with")
        double exponent,

        @Setting("how long it waits") Duration duration) {

    public Starvation {
        if (connections < 1 || !(exponent >= 0)) {
            throw new IllegalArgumentException("got " + connections + " connections to the power of " + exponent
                    + ", expected 1 or more and 0 or more");
        }
    }

    /** Probability per registration with {@code present} connections in the table, at most 1. */
    public double probabilityAt(int present) {
        return Math.min(1, probability.value() * StrictMath.pow((double) present / connections, exponent));
    }
}
