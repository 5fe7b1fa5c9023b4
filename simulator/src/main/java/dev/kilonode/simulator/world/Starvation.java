package dev.kilonode.simulator.world;

import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Rare long waits: probability per registration = probability x (open connections / connections) ^ exponent. */
public record Starvation(
        @Setting("chance that a registration starves, at the stated number of connections")
        Ratio probability,

        @Setting("open connections at which that chance holds")
        int connections,

        @Setting("how steeply the chance grows with open connections")
        double exponent,

        @Setting("how long a starved registration waits") Duration duration) {}
