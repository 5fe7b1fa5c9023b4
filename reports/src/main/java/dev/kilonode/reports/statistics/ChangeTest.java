package dev.kilonode.reports.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Tests whether a level changes: a nearly optimal test after Elliott, Müller and Watson. The numerator is the likelihood of a change,
 * averaged over its {@linkplain ChangeShape shapes}, its size and the autocorrelation of the noise (an AR(1) process). The denominator is
 * the likelihood of a constant level, averaged over autocorrelations with approximately least favourable weights ({@link
 * LeastFavourableWeights}). With these weights the false alarm rate stays below its limit for every autocorrelation, and power is as high
 * as possible.
 *
 * <p>Spread and autocorrelation of the noise are thus estimated twice: from the residuals about a level, and from the residuals about each
 * shape. A ramp does not count as noise; its residuals do. Level, spread and size are integrated out (restricted likelihood, with Zellner's
 * g-prior for the size).
 *
 * <p>Seasonal variation is removed first ({@link SeasonalDecomposition}), and single outliers are winsorized.
 *
 * @param statistic twice the logarithm of the likelihood ratio
 * @param pValue probability of at least this statistic, with a change in the same direction, under the null hypothesis; the largest over
 *     autocorrelations up to 0.95; in (0, 1]
 * @param doubtful whether the evidence of a change is too strong for a pass, for autocorrelations up to 0.8
 * @param autocorrelation posterior mean of the autocorrelation of neighbouring values after removal of the change, in [0, 0.95]
 * @param shape shape with the highest posterior probability
 * @see <a href="https://doi.org/10.3982/ECTA10535">Elliott, Müller and Watson 2015, nearly optimal tests when a nuisance parameter is
 *     present under the null hypothesis</a>
 */
record ChangeTest(double statistic, double pValue, boolean doubtful, double autocorrelation, ChangeShape shape) {

    /** Number of autocorrelations on the grid: 0, 0.05 to 0.95. Negative autocorrelation counts as 0. */
    private static final int GRID = 20;

    static final double STEP = 0.05;

    /** Variances of the prior of the size, in squared standard errors; equally weighted. */
    private static final double[] PRIORS = {9, 25, 100};

    /** One value in this many is winsorized at either end, at least one. */
    private static final int WINSORIZED = 24;

    /** A value is an outlier if its distance to both neighbours is this many times the median distance of neighbours. */
    private static final double ODD = 4;

    /** @param values at least 12, in order of time; finite, and so small that their squares do not overflow */
    static ChangeTest of(double[] values) {
        Design design = Design.of(values.length);
        Likelihood[] by = likelihoods(values, design);
        if (by.length == 0) {
            return new ChangeTest(Double.NEGATIVE_INFINITY, 1, false, 0, design.shapes.get(0));
        }
        double all = 0;
        double changed = 0;
        double phi = 0;
        double[] byShape = new double[design.prior.length];
        for (int j = 0; j < GRID; j++) {
            double here = 0;
            for (int s = 0; s < byShape.length; s++) {
                double share = by[j].level * design.prior[s] * by[j].ratios[s] / GRID;
                byShape[s] += share;
                here += share;
            }
            changed += here;
            all += by[j].level / GRID + here;
            phi += j * STEP * (by[j].level / GRID + here);
        }
        int best = 0;
        for (int s = 1; s < byShape.length; s++) {
            best = byShape[s] > byShape[best] ? s : best;
        }
        double statistic = 2 * StrictMath.log(changed / level(by, LeastFavourableWeights.ALARM, values.length));
        return new ChangeTest(
                statistic,
                CriticalValues.pValue(statistic, values.length),
                changed > level(by, LeastFavourableWeights.DOUBT, values.length),
                phi / all,
                design.shapes.get(best));
    }

    /** The likelihoods with and without a change, by autocorrelation; empty if all values are equal. */
    private static Likelihood[] likelihoods(double[] values, Design design) {
        double[] scaled = scaled(winsorized(SeasonalDecomposition.without(values)), values);
        Likelihood[] by = new Likelihood[scaled.length == 0 ? 0 : GRID];
        double highest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < by.length; j++) {
            by[j] = design.noise[j].likelihood(scaled, design.shapes, design.norms[j]);
            highest = Math.max(highest, by[j].level);
        }
        for (int j = 0; j < by.length; j++) {
            by[j] = new Likelihood(StrictMath.exp(by[j].level - highest), by[j].ratios);
        }
        return by;
    }

    /** The likelihood without a change, averaged with the given weights. */
    private static double level(Likelihood[] by, LeastFavourableWeights weights, int n) {
        double sum = 0;
        for (int k = 0; k < LeastFavourableWeights.PHIS.length; k++) {
            sum += weights.at(k, n) * by[(int) Math.round(LeastFavourableWeights.PHIS[k] / STEP)].level;
        }
        return sum;
    }

    /** The likelihoods without a change over the likelihood with one, by {@link LeastFavourableWeights#PHIS}; for the search of weights. */
    static double[] overChanged(double[] values) {
        Design design = Design.of(values.length);
        Likelihood[] by = likelihoods(values, design);
        double changed = Arrays.stream(by)
                .mapToDouble(x -> x.level * dot(design.prior, x.ratios) / GRID)
                .sum();
        return Arrays.stream(LeastFavourableWeights.PHIS)
                .map(phi -> by[(int) Math.round(phi / STEP)].level / changed)
                .toArray();
    }

    /** Winsorizes outliers. The ends of a ramp are not outliers. */
    private static double[] winsorized(double[] values) {
        int most = Math.max(1, values.length / WINSORIZED);
        int last = values.length - 1;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double usual = Median.withDefaults()
                .evaluate(IntStream.range(0, last)
                        .mapToDouble(i -> Math.abs(values[i + 1] - values[i]))
                        .toArray());
        return IntStream.rangeClosed(0, last)
                .mapToDouble(i -> {
                    double before = values[i == 0 ? 1 : i - 1];
                    double after = values[i == last ? last - 1 : i + 1];
                    double apart = Math.min(Math.abs(values[i] - before), Math.abs(values[i] - after));
                    return apart > ODD * usual
                            ? Math.max(sorted[most], Math.min(sorted[last - most], values[i]))
                            : values[i];
                })
                .toArray();
    }

    /** The values centred and scaled to [-1, 1]; empty if all are equal up to rounding errors of the original values. */
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
     * Quantities that depend only on the number of values, which is below 200.
     *
     * @param prior prior weight of each shape: the {@linkplain ChangeShape.Kind#share weight} of its kind, divided equally
     * @param norms squared norm of each shape about its level, by autocorrelation and shape
     */
    private record Design(List<ChangeShape> shapes, double[] prior, Noise[] noise, double[][] norms) {

        private static final Map<Integer, Design> KNOWN = new ConcurrentHashMap<>();

        static Design of(int n) {
            return KNOWN.computeIfAbsent(n, Design::made);
        }

        private static Design made(int n) {
            List<ChangeShape> shapes = ChangeShape.all(n);
            double[] prior = new double[shapes.size()];
            for (int s = 0; s < prior.length; s++) {
                ChangeShape.Kind kind = shapes.get(s).kind();
                long alike = shapes.stream().filter(x -> x.kind() == kind).count();
                prior[s] = kind.share / alike;
            }
            Noise[] noise = new Noise[GRID];
            double[][] norms = new double[GRID][prior.length];
            for (int j = 0; j < GRID; j++) {
                noise[j] = Noise.of(j * STEP, n);
                for (int s = 0; s < prior.length; s++) {
                    double[] centred = noise[j].centred(shapes.get(s).values());
                    norms[j][s] = dot(centred, noise[j].weighted(centred));
                }
            }
            return new Design(shapes, prior, noise, norms);
        }
    }

    /**
     * Likelihoods for one autocorrelation.
     *
     * @param level restricted likelihood without a change, up to a constant factor; its logarithm at first
     * @param ratios likelihood ratio of each shape to a constant level
     */
    private record Likelihood(double level, double[] ratios) {}

    /** An AR(1) process about an unknown level. @param ones weight of the level: 1'W1, where W is the inverse of the covariance matrix */
    private record Noise(double phi, double ones) {

        static Noise of(double phi, int n) {
            double[] level = new double[n];
            Arrays.fill(level, 1);
            return new Noise(
                    phi, Arrays.stream(new Noise(phi, 0).weighted(level)).sum());
        }

        /** Multiplies by the inverse of the covariance matrix, which is tridiagonal. */
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

        /** Subtracts the level, estimated by generalized least squares. */
        double[] centred(double[] x) {
            double level = Arrays.stream(weighted(x)).sum() / ones;
            return Arrays.stream(x).map(value -> value - level).toArray();
        }

        Likelihood likelihood(double[] y, List<ChangeShape> shapes, double[] norms) {
            double[] centred = centred(y);
            double[] weighted = weighted(centred);
            double squares = dot(centred, weighted);
            double half = (y.length - 1) / 2.0;
            double[] ratios = new double[norms.length];
            for (int s = 0; s < ratios.length; s++) {
                double along = dot(shapes.get(s).values(), weighted);
                double explained = along * along / norms[s] / squares;
                for (double prior : PRIORS) {
                    double left = 1 - prior / (1 + prior) * explained;
                    ratios[s] += StrictMath.pow(left, -half) / Math.sqrt(1 + prior) / PRIORS.length;
                }
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
