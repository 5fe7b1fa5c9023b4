package dev.kilonode.reports.statistics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often a check over a trend fails, passes and is inconclusive, by simulation. A limit of 0 % and a floor of next to nothing let every change
 * through that goes up, so that neither hides what the test does. {@code benchmarks/trend-rates.sh} writes the tables of docs/checks.md.
 */
final class TrendRates {

    static final double[] PHIS = {0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95};
    static final int[] WINDOWS = {12, 24, 48, 100, 200, 400};
    static final double[] DRIFTS = {4.5, 6, 3, 2};
    private static final long WINDOW_MS = 300_000;
    private static final double LEVEL = 100;

    /** Of the trials by which critical values are made: none of the tables' seeds. */
    private static final long FIRST_SEED = 1_000_000;

    private static final int STEPS = 1000;

    /** How a drift goes, from 0 at the start of the run to 1 at its end. */
    enum Drift {
        RAMP(t -> t),
        STEP(t -> t < 0.5 ? 0 : 1),
        EXPONENTIAL(t -> Math.expm1(3 * t) / Math.expm1(3)),
        LEVELLING(t -> Math.min(1, t / 0.4));

        final DoubleUnaryOperator shape;

        Drift(DoubleUnaryOperator shape) {
            this.shape = shape;
        }
    }

    /**
     * Noise of spread 1 about a level of 100, and what is added to it.
     *
     * @param drift size of the change in standard errors; without noise, in units
     */
    record Cell(int windows, double phi, boolean noise, boolean rounded, DoubleUnaryOperator shape, double drift) {

        static Cell level(int windows, double phi, boolean rounded) {
            return new Cell(windows, phi, true, rounded, t -> 0, 0);
        }

        /** The course of one trial. */
        double[] values(long seed) {
            var random = new SplittableRandom(seed); // neighbouring seeds of a java.util.Random begin alike
            double size = drift == 0 ? 0 : drift * (noise ? standardError(windows, phi) : 1);
            double swing = random.nextGaussian();
            double[] values = new double[windows];
            for (int i = 0; i < windows; i++) {
                swing = i == 0 ? swing : phi * swing + Math.sqrt(1 - phi * phi) * random.nextGaussian();
                double value = LEVEL + size * shape.applyAsDouble(i / (windows - 1.0)) + (noise ? swing : 0);
                values[i] = rounded ? Math.rint(value) : value;
            }
            return values;
        }
    }

    /** Shares of the trials. */
    record Rates(double fails, double inconclusive) {
        double passes() {
            return 1 - fails - inconclusive;
        }
    }

    private TrendRates() {}

    /**
     * Of a drift along a straight line by least squares, when the autocorrelation is known and the noise, of spread 1, has the long-run variance
     * (1 + phi) / (1 - phi).
     */
    static double standardError(int windows, double phi) {
        double squares = IntStream.range(0, windows)
                .mapToDouble(i -> i / (windows - 1.0) - 0.5)
                .map(x -> x * x)
                .sum();
        return Math.sqrt((1 + phi) / (1 - phi) / squares);
    }

    /** Seeds are 1 to {@code trials}. */
    static Rates of(Cell cell, int trials) {
        int fails = 0;
        int inconclusive = 0;
        for (long seed = 1; seed <= trials; seed++) {
            double floor = cell.rounded ? 1 : 1e-9; // of counts it is 1
            Trend trend = Trend.of(series(cell.values(seed)), floor);
            if (trend.end() - trend.start() > floor) {
                fails += trend.evidence(trend.pValue()) == Trend.Evidence.CLEAR ? 1 : 0;
                inconclusive += trend.evidence(trend.pValue()) == Trend.Evidence.DOUBTFUL ? 1 : 0;
            }
        }
        return new Rates(fails / (double) trials, inconclusive / (double) trials);
    }

    static TimeSeries series(double... values) {
        TimeSeries series = new TimeSeries();
        for (int i = 0; i < values.length; i++) {
            series.add(i * WINDOW_MS, (i + 1) * WINDOW_MS, values[i]);
        }
        return series;
    }

    /** @param args {@code critical} for the weights and critical values, or the trials of a cell */
    public static void main(String[] args) {
        if (args[0].equals("critical")) {
            critical(Integer.parseInt(args[1]));
            return;
        }
        int trials = Integer.parseInt(args[0]);
        System.out.printf(
                Locale.ROOT,
                "Made by `benchmarks/trend-rates.sh` with %d trials a cell (seeds 1 to %1$d); a rate of 5 %% is then"
                        + " known to within %.1f %%.%n",
                trials,
                200 * Math.sqrt(0.05 * 0.95 / trials));
        for (boolean rounded : new boolean[] {false, true}) {
            table(
                    "No change" + (rounded ? ", rounded to whole numbers (of one spread)" : "")
                            + ": % that fail / % inconclusive",
                    PHIS,
                    (phi, windows) -> {
                        Rates rates = of(Cell.level(windows, phi, rounded), trials);
                        return percent(rates.fails()) + " / " + percent(rates.inconclusive());
                    });
        }
        for (double drift : DRIFTS) {
            table(
                    "A drift of " + number(drift)
                            + " standard errors: % that fail / % that pass, of a ramp, a step half way, an exponential"
                            + " (e<sup>3t</sup>), a ramp that levels off after 40 %",
                    PHIS,
                    (phi, windows) -> Arrays.stream(Drift.values())
                            .map(d -> of(new Cell(windows, phi, true, false, d.shape, drift), trials))
                            .map(rates -> percent(rates.fails()) + "/" + percent(rates.passes()))
                            .collect(Collectors.joining(" ")));
        }
        table(
                "No noise, a change by 40, whole numbers: % that fail, of the same four",
                new double[] {0},
                (phi, windows) -> Arrays.stream(Drift.values())
                        .map(d -> percent(of(new Cell(windows, 0, false, true, d.shape, 40), 1)
                                .fails()))
                        .collect(Collectors.joining(" ")));
        table(
                "The most that any test can see of a ramp of 4.5 standard errors with at most 5 % false alarms"
                        + " (`PowerBound`), %",
                PHIS, (phi, windows) -> windows > 100 ? "" : percent(PowerBound.of(windows, phi, 4.5, 10 * trials)));
        table(
                "A step of 4.5 standard errors at 1/3, 2/3, 5/6, 11/12 of the course: % that fail / % that pass",
                new double[] {0, 0.5, 0.8},
                (phi, windows) -> List.of(1 / 3.0, 2 / 3.0, 5 / 6.0, 11 / 12.0).stream()
                        .map(at -> of(new Cell(windows, phi, true, false, t -> t < at ? 0 : 1, 4.5), trials))
                        .map(rates -> percent(rates.fails()) + "/" + percent(rates.passes()))
                        .collect(Collectors.joining(" ")));
    }

    private interface Entry {
        String of(double phi, int windows);
    }

    private static void table(String title, double[] phis, Entry entry) {
        System.out.printf(
                "%n%s%n%n| phi |%s%n|---|%s%n", title, across(n -> " " + n + " windows |"), across(n -> "---:|"));
        for (double phi : phis) {
            System.out.printf("| %s |%s%n", number(phi), across(n -> " " + entry.of(phi, n) + " |"));
        }
    }

    private static String across(IntFunction<String> cell) {
        return Arrays.stream(WINDOWS).parallel().mapToObj(cell::apply).collect(Collectors.joining());
    }

    /** The tables in {@link LeastFavourableWeights} and {@link CriticalValues}. */
    private static void critical(int trials) {
        double[] phis = LeastFavourableWeights.PHIS;
        var tables = new LinkedHashMap<String, StringBuilder>();
        for (int n : LeastFavourableWeights.SIZES) {
            double[][][] nulls = new double[phis.length][trials][];
            for (int k = 0; k < phis.length; k++) {
                Cell cell = Cell.level(n, phis[k], false);
                for (int i = 0; i < trials; i++) {
                    nulls[k][i] = ChangeTest.overChanged(cell.values(FIRST_SEED + i));
                }
            }
            double[] alarm = weights(nulls, k -> Trend.ALPHA);
            double[] doubt = weights(
                    nulls,
                    k -> n >= LeastFavourableWeights.ENOUGH && phis[k] <= LeastFavourableWeights.MODERATE
                            ? LeastFavourableWeights.DOUBTFUL
                            : LeastFavourableWeights.GENEROUS);
            row(tables, "ALARM", alarm);
            row(tables, "DOUBT", doubt);
            double[] largest = new double[CriticalValues.CHANCES.length];
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
            for (double[][] values : nulls) {
                double[] sorted = Arrays.stream(values)
                        .mapToDouble(x -> -2 * Math.log(product(alarm, x)))
                        .sorted()
                        .toArray();
                for (int c = 0; c < largest.length; c++) {
                    // both directions are as likely, so a chance in one is half of that in either
                    largest[c] = Math.max(largest[c], sorted[(int) ((1 - 2 * CriticalValues.CHANCES[c]) * trials)]);
                }
            }
            row(tables, "STATISTICS", largest);
        }
        tables.forEach((name, rows) -> System.out.print(name + "\n" + rows));
    }

    private static void row(Map<String, StringBuilder> tables, String name, double... values) {
        tables.computeIfAbsent(name, x -> new StringBuilder())
                .append(Arrays.stream(values)
                        .mapToObj(x -> String.format(Locale.ROOT, "%.3f", x))
                        .collect(Collectors.joining(", ", "        {", "},\n")));
    }

    /**
     * The weights with which each autocorrelation rejects in its chance of the trials, or in fewer if it has no weight: step by step, a weight
     * rises where there are too many and falls where there are too few; the mean of the last steps.
     *
     * @param nulls by autocorrelation and trial, the likelihoods without a change over that with one
     * @param chance in one direction, by autocorrelation
     */
    private static double[] weights(double[][][] nulls, IntToDoubleFunction chance) {
        double[] logs = new double[nulls.length];
        double[] means = new double[nulls.length];
        for (int step = 1; step <= STEPS; step++) {
            double[] weights = Arrays.stream(logs).map(Math::exp).toArray();
            for (int k = 0; k < logs.length; k++) {
                long rejected = Arrays.stream(nulls[k])
                        .filter(x -> product(weights, x) < 1)
                        .count();
                double excess = rejected / (double) nulls[k].length - 2 * chance.applyAsDouble(k);
                logs[k] = Math.max(-12, logs[k] + excess * (step < STEPS / 4 ? 6 : step < STEPS / 2 ? 2 : 0.5));
                means[k] += step > STEPS / 2 ? logs[k] * 2 / STEPS : 0;
            }
        }
        return Arrays.stream(means).map(Math::exp).toArray();
    }

    private static double product(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static String percent(double share) {
        double value = 100 * share;
        return value >= 0.05 && value < 9.95
                ? String.format(Locale.ROOT, "%.1f", value)
                : String.valueOf(Math.round(value));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((int) value) : String.valueOf(value);
    }
}
