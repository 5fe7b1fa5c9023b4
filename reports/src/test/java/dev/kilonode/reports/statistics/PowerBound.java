package dev.kilonode.reports.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often any test at all can see a ramp if it raises at most 5 % false alarms, whatever the autocorrelation of the noise up to 0.95: the test of
 * Neyman and Pearson against the one autocorrelation that is worst for it, told everything but level and spread: that there is a ramp, upwards, how
 * large, and how the noise hangs together. A test that is told less, or that must hold against all autocorrelations, sees fewer.
 */
final class PowerBound {

    private static final double[] NULLS = {0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95};
    private static final double FALSE_ALARMS = 0.05;

    private PowerBound() {}

    /** @param drift in standard errors, as {@link TrendRates#standardError} has them */
    static double of(int windows, double phi, double drift, int trials) {
        double size = drift * TrendRates.standardError(windows, phi);
        double[] ramp = IntStream.range(0, windows)
                .mapToDouble(i -> i / (windows - 1.0))
                .toArray();
        double[][] ramps = trials(new TrendRates.Cell(windows, phi, true, false, t -> t, drift), trials);
        double[] rampsRamp = Arrays.stream(ramps)
                .mapToDouble(y -> ofRamp(y, phi, ramp, size))
                .toArray();
        double least = 1;
        for (double other : NULLS) {
            double[] noise = Arrays.stream(trials(TrendRates.Cell.level(windows, other, false), trials))
                    .mapToDouble(y -> ofRamp(y, phi, ramp, size) - ofLevel(y, other))
                    .sorted()
                    .toArray();
            double critical = noise[(int) ((1 - FALSE_ALARMS) * trials)];
            long seen = IntStream.range(0, trials)
                    .filter(i -> rampsRamp[i] - ofLevel(ramps[i], other) > critical)
                    .count();
            least = Math.min(least, seen / (double) trials);
        }
        return least;
    }

    private static double[][] trials(TrendRates.Cell cell, int trials) {
        return IntStream.rangeClosed(1, trials).mapToObj(cell::values).toArray(double[][]::new);
    }

    /** Log-likelihood with a level; level and spread integrated out. */
    private static double ofLevel(double[] y, double phi) {
        double[] centred = centred(y, phi);
        return -(y.length - 1) / 2.0 * Math.log(product(centred, centred, phi));
    }

    /** The same with a ramp of a size that is known, in spreads of the noise: summed over spreads. */
    private static double ofRamp(double[] y, double phi, double[] ramp, double size) {
        double[] centred = centred(y, phi);
        double[] x = centred(ramp, phi);
        double squares = product(centred, centred, phi);
        double along = product(x, centred, phi);
        double norm = product(x, x, phi);
        double innovation = 1 - phi * phi;
        double most = Double.NEGATIVE_INFINITY;
        double[] logs = new double[101];
        for (int k = 0; k < logs.length; k++) {
            double spread = Math.exp((k - 50) / 20.0) * Math.sqrt(squares / innovation / y.length);
            double left = squares - 2 * size * spread * along + size * size * spread * spread * norm;
            logs[k] = -(y.length - 1) * Math.log(spread) - left / (2 * spread * spread * innovation);
            most = Math.max(most, logs[k]);
        }
        double highest = most;
        return most
                + Math.log(
                        Arrays.stream(logs).map(log -> Math.exp(log - highest)).sum());
    }

    private static double[] centred(double[] y, double phi) {
        double[] ones = new double[y.length];
        Arrays.fill(ones, 1);
        double level = product(ones, y, phi) / product(ones, ones, phi);
        return Arrays.stream(y).map(value -> value - level).toArray();
    }

    /** By the inverse of the covariance of an autoregression whose innovations have variance 1, after Prais and Winsten. */
    private static double product(double[] a, double[] b, double phi) {
        double sum = (1 - phi * phi) * a[0] * b[0];
        for (int i = 1; i < a.length; i++) {
            sum += (a[i] - phi * a[i - 1]) * (b[i] - phi * b[i - 1]);
        }
        return sum;
    }
}
