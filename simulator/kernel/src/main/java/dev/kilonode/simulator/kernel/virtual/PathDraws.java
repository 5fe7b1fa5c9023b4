package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.engine.Seeds;

/** The random numbers that decide the paths of what one host sends. It keeps those of the last draw. */
final class PathDraws {

    private final RandomStream jitter;
    private final RandomStream loss;
    private double jitterDrawn;
    private double lossDrawn = 1;

    PathDraws(Seeds seeds) {
        this.jitter = seeds.stream("jitter");
        this.loss = seeds.stream("loss");
    }

    void draw(boolean withLoss) {
        jitterDrawn = jitter.nextDouble();
        if (withLoss) lossDrawn = loss.nextDouble();
    }

    /** The random number in [0, 1) that decided the jitter of the last draw. */
    double jitterDrawn() {
        return jitterDrawn;
    }

    /** The random number in [0, 1) that decided the loss of the last draw; without loss it is not used. */
    double lossDrawn() {
        return lossDrawn;
    }
}
