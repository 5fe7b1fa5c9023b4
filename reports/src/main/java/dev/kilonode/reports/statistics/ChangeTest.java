package dev.kilonode.reports.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether a level changes or only swings: the average exponential likelihood ratio of Andrews and Ploberger, over the {@linkplain Shape shapes}
 * a change can have and over the autocorrelation of the noise, an autoregression of first order.
 *
 * <p>How much noise there is and how long it lasts is estimated twice: as what is left about a level, and as what is left about each shape. So
 * what a ramp does not explain counts as noise, and the ramp itself does not. Level, spread and size are integrated out (restricted likelihood;
 * for the size Zellner's prior), as is the autocorrelation: evenly where there is a change, and where there is none by Jeffreys' prior,
 * which is made heavier towards 1 for few values, since a long swing seen briefly looks like a drift.
 *
 * <p>What comes again with a period is taken out first ({@link Seasons}), and single odd values are drawn in.
 *
 * @param statistic twice the logarithm of the average likelihood ratio
 * @param pValue how likely as large a statistic with a change in the same direction is without one, for whichever autocorrelation up to
 *     0.95 makes it likeliest; in (0, 1]
 * @param autocorrelation of neighbouring values, once the change is taken out: mean of its posterior, in [0, 0.95]
 * @param shape the likeliest
 * @see <a href="https://doi.org/10.2307/2951753">Andrews and Ploberger 1994, optimal tests when a nuisance parameter is present only under the
 *     alternative</a>
 */
record ChangeTest(double statistic, double pValue, double autocorrelation, Shape shape) {

    /** Autocorrelations that are looked at: 0, 0.05 to 0.95. What alternates counts as independent. */
    private static final int GRID = 20;

    private static final double STEP = 0.05;

    /** Spread of the prior of a change's size, in standard errors, squared. */
    private static final double PRIOR = 9;

    /** Extra weight of strong autocorrelation under the null, per value: it makes false alarms as rare there as elsewhere. */
    private static final double FEW = 12;

    /** One in so many values is drawn in at either end of the order, at least one: one odd value is no change. */
    private static final int WINSORIZED = 24;

    /** @param values finite and not so large that their squares overflow, at least 12, in order of time */
    static ChangeTest of(double[] values) {
        Design design = Design.of(values.length);
        double[] scaled = scaled(winsorized(Seasons.without(values)), values);
        if (scaled.length == 0) {
            return new ChangeTest(Double.NEGATIVE_INFINITY, 1, 0, design.shapes.get(0));
        }
        Likelihood[] by = new Likelihood[GRID];
        double highest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < GRID; j++) {
            by[j] = design.noise[j].likelihood(scaled, design.shapes, design.norms[j]);
            highest = Math.max(highest, by[j].logOfLevel);
        }
        double level = 0;
        double changed = 0;
        double phi = 0;
        double[] byShape = new double[design.prior.length];
        for (int j = 0; j < GRID; j++) {
            double weight = StrictMath.exp(by[j].logOfLevel - highest);
            double here = 0;
            for (int s = 0; s < byShape.length; s++) {
                double share = weight * design.prior[s] * by[j].ratios[s] / GRID;
                byShape[s] += share;
                here += share;
            }
            level += weight * design.phiPrior[j];
            changed += here;
            phi += j * STEP * (weight * design.phiPrior[j] + here);
        }
        int best = 0;
        for (int s = 1; s < byShape.length; s++) {
            best = byShape[s] > byShape[best] ? s : best;
        }
        double statistic = 2 * StrictMath.log(changed / level);
        return new ChangeTest(
                statistic,
                CriticalValues.pValue(statistic, values.length),
                phi / (level + changed),
                design.shapes.get(best));
    }

    /** Draws the most extreme values in to the next ones. */
    private static double[] winsorized(double[] values) {
        int odd = Math.max(1, values.length / WINSORIZED);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double least = sorted[odd];
        double most = sorted[sorted.length - 1 - odd];
        return Arrays.stream(values)
                .map(x -> Math.max(least, Math.min(most, x)))
                .toArray();
    }

    /** About 0 and within [-1, 1]; empty when all are equal but for the rounding errors of the original values. */
    private static double[] scaled(double[] values, double[] original) {
        double middle = Arrays.stream(values).average().orElseThrow();
        double reach =
                Arrays.stream(values).map(x -> Math.abs(x - middle)).max().orElseThrow();
        double size = Arrays.stream(original).map(Math::abs).max().orElseThrow();
        return reach > 1e-12 * size
                ? Arrays.stream(values).map(x -> (x - middle) / reach).toArray()
                : new double[0];
    }

    /**
     * What depends on the number of values only. There are fewer than 200 of them.
     *
     * @param prior of each shape: every kind counts the same, and so does each of a kind
     * @param phiPrior of each autocorrelation when there is no change
     * @param norms squares of each shape about its level, by autocorrelation and shape
     */
    private record Design(List<Shape> shapes, double[] prior, double[] phiPrior, Noise[] noise, double[][] norms) {

        private static final Map<Integer, Design> KNOWN = new ConcurrentHashMap<>();

        static Design of(int n) {
            return KNOWN.computeIfAbsent(n, Design::made);
        }

        private static Design made(int n) {
            List<Shape> shapes = Shape.all(n);
            double[] prior = new double[shapes.size()];
            for (int s = 0; s < prior.length; s++) {
                Shape.Kind kind = shapes.get(s).kind();
                long alike = shapes.stream().filter(x -> x.kind() == kind).count();
                prior[s] = 1.0 / alike / Shape.Kind.values().length;
            }
            double[] jeffreys = new double[GRID];
            Noise[] noise = new Noise[GRID];
            double[][] norms = new double[GRID][prior.length];
            for (int j = 0; j < GRID; j++) {
                double phi = j * STEP;
                jeffreys[j] = StrictMath.pow(1 - phi * phi, -0.5 - FEW / n);
                noise[j] = Noise.of(phi, n);
                for (int s = 0; s < prior.length; s++) {
                    double[] centred = noise[j].centred(shapes.get(s).values());
                    norms[j][s] = dot(centred, noise[j].weighted(centred));
                }
            }
            double all = Arrays.stream(jeffreys).sum();
            double[] phiPrior = Arrays.stream(jeffreys).map(x -> x / all).toArray();
            return new Design(shapes, prior, phiPrior, noise, norms);
        }
    }

    /**
     * For one autocorrelation.
     *
     * @param logOfLevel logarithm of the restricted likelihood without a change
     * @param ratios by how much more likely the values are with each shape
     */
    private record Likelihood(double logOfLevel, double[] ratios) {}

    /** An autoregression of first order about an unknown level. @param ones weight of a level: 1'W1, W the inverse of the covariance */
    private record Noise(double phi, double ones) {

        static Noise of(double phi, int n) {
            double[] level = new double[n];
            Arrays.fill(level, 1);
            return new Noise(
                    phi, Arrays.stream(new Noise(phi, 0).weighted(level)).sum());
        }

        /** Multiplied by the inverse of the covariance, which has three diagonals. */
        double[] weighted(double[] x) {
            int last = x.length - 1;
            double[] w = new double[x.length];
            for (int i = 0; i <= last; i++) {
                w[i] = (i == 0 || i == last ? 1 : 1 + phi * phi) * x[i]
                        - (i == 0 ? 0 : phi * x[i - 1])
                        - (i == last ? 0 : phi * x[i + 1]);
            }
            return w;
        }

        /** Less their level by generalized least squares. */
        double[] centred(double[] x) {
            double level = Arrays.stream(weighted(x)).sum() / ones;
            return Arrays.stream(x).map(value -> value - level).toArray();
        }

        Likelihood likelihood(double[] y, List<Shape> shapes, double[] norms) {
            double[] centred = centred(y);
            double[] weighted = weighted(centred);
            double squares = dot(centred, weighted);
            double half = (y.length - 1) / 2.0;
            double[] ratios = new double[norms.length];
            for (int s = 0; s < ratios.length; s++) {
                double along = dot(shapes.get(s).values(), weighted);
                double left = 1 - PRIOR / (1 + PRIOR) * along * along / norms[s] / squares;
                ratios[s] = StrictMath.pow(left, -half) / Math.sqrt(1 + PRIOR);
            }
            double log = 0.5 * StrictMath.log((1 - phi * phi) / ones) - half * StrictMath.log(squares);
            return new Likelihood(log, ratios);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
