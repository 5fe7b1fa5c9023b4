package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Now and then a registration waits very long, the more often the more connections there are. */
public record LockStarvation(
        @Setting("probability per registration when there are as many connections as named")
        @Range(min = "0%", max = "100%")
        Ratio probability,

        @Setting("number of connections that the probability is stated for") @Range(min = "1", max = "1000000")
        int connections,

        @Setting("power of the number of connections that the probability grows with") @Range(min = "0", max = "100")
        double exponent,

        @Setting("how long it waits") @Range(min = "0s", max = "1000d")
        Duration duration) {

    public LockStarvation {
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
