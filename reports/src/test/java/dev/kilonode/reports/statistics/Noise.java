package dev.kilonode.reports.statistics;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Courses of known shape under noise that hangs together from window to window: an autoregression of first order. */
final class Noise {

    static final long WINDOW_MS = 300_000;

    private Noise() {}

    /**
     * @param phi correlation of neighbouring windows
     * @param sd spread of the noise, as a share of the level
     * @param shape relative change of the level, from the share of the run that has passed
     */
    static TimeSeries series(long seed, int windows, double phi, double sd, DoubleUnaryOperator shape) {
        var random = new SplittableRandom(seed); // neighbouring seeds of a java.util.Random begin alike
        var series = new TimeSeries();
        double noise = random.nextGaussian();
        for (int i = 0; i < windows; i++) {
            noise = phi * noise + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            double level = 180_000 * (1 + shape.applyAsDouble(i / (double) windows));
            series.add(i * WINDOW_MS, (i + 1) * WINDOW_MS, level * (1 + sd * noise));
        }
        return series;
    }
}
