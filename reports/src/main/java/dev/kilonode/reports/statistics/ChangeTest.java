package dev.kilonode.reports.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Whether a level changes or only swings: a nearly optimal test after Elliott, Müller and Watson. The likelihood of a change, averaged over its
 * {@linkplain ChangeShape shapes}, its size and the autocorrelation of the noise (an autoregression of first order), is divided by that of
 * a level, averaged over autocorrelations with the least favourable weights ({@link LeastFavourableWeights}): the ones by which no autocorrelation
 * gives more false alarms than are allowed, and as many changes as possible are seen.
 *
 * <p>How much noise there is and how long it lasts is thus estimated twice: as what is left about a level, and as what is left about each shape.
 * So what a ramp does not explain counts as noise, and the ramp itself does not. Level, spread and size are integrated out (restricted
 * likelihood; for the size Zellner's prior).
 *
 * <p>What comes again with a period is taken out first ({@link SeasonalDecomposition}), and single odd values are drawn in.
 *
 * @param statistic twice the logarithm of the ratio
 * @param pValue how likely as large a statistic with a change in the same direction is without one, for whichever autocorrelation up to
 *     0.95 makes it likeliest; in (0, 1]
 * @param doubtful whether noise with an autocorrelation up to 0.8 would look so much like a change too rarely for a pass
 * @param autocorrelation of neighbouring values, once the change is taken out: mean of its posterior, in [0, 0.95]
 * @param shape the likeliest
 * @see <a href="https://doi.org/10.3982/ECTA10535">Elliott, Müller and Watson 2015, nearly optimal tests when a nuisance parameter is present
 *     under the null hypothesis</a>
 */
record ChangeTest(double statistic, double pValue, boolean doubtful, double autocorrelation, ChangeShape shape) {

    /** Autocorrelations that are looked at: 0, 0.05 to 0.95. What alternates counts as independent. */
    private static final int GRID = 20;

    static final double STEP = 0.05;

    /** Spreads of the prior of a change's size, in standard errors, squared; each counts the same. */
    private static final double[] PRIORS = {9, 25, 100};

    /** One in so many values is drawn in at either end of the order, at least one: one odd value is no change. */
    private static final int WINSORIZED = 24;

    /** A value is odd if it is so many times as far from either neighbour as neighbours usually are from each other. */
    private static final double ODD = 4;

    /** @param values finite and not so large that their squares overflow, at least 12, in order of time */
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

    /** How likely the values are by each autocorrelation, with a change and without; none when they are all equal. */
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

    /** Likelihood without a change, by weights of autocorrelations. */
    private static double level(Likelihood[] by, LeastFavourableWeights weights, int n) {
        double sum = 0;
        for (int k = 0; k < LeastFavourableWeights.PHIS.length; k++) {
            sum += weights.at(k, n) * by[(int) Math.round(LeastFavourableWeights.PHIS[k] / STEP)].level;
        }
        return sum;
    }

    /**
     * For the search of weights: the likelihoods without a change, by {@link LeastFavourableWeights#PHIS}, over that with one.
     */
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

    /** Draws the most extreme values in to the next ones where they are odd: the ends of a ramp are not. */
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
     * @param prior of each shape: every kind by its {@linkplain ChangeShape.Kind#share share}, and each of a kind the same
     * @param norms squares of each shape about its level, by autocorrelation and shape
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
     * For one autocorrelation.
     *
     * @param level restricted likelihood without a change, as a multiple; its logarithm at first
     * @param ratios by how much more likely the values are with each shape
     */
    private record Likelihood(double level, double[] ratios) {}

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
