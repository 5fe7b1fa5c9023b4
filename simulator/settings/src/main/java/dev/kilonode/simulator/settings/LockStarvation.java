package dev.kilonode.simulator.settings;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Rare, very long waits of registrations, whose probability grows with the number of connections. */
public record LockStarvation(
        @Setting("probability per registration at that number of connections") @Range(min = "0%", max = "100%")
        Ratio probability,

        @Setting("number of connections at which the probability holds") @Range(min = "1", max = "1000000")
        int connections,

        @Setting("exponent of the growth of the probability with the number of connections")
        @Range(min = "0", max = "100")
        double exponent,

        @Setting("how long the registration waits") @Range(min = "0s", max = "1000d")
        Duration duration) {

    public LockStarvation {
        if (connections < 1 || !(exponent >= 0)) {
            throw new IllegalArgumentException("got " + connections + " connections to the power of " + exponent
                    + ", expected 1 or more and 0 or more");
        }
    }

    /** Probability per registration with {@code present} connections in the table, in [0, 1]. */
    public double probabilityAt(int present) {
        return Math.min(1, probability.value() * StrictMath.pow((double) present / connections, exponent));
    }
}
