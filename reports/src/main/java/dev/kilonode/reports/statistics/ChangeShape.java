package dev.kilonode.reports.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A shape that a change of level may have over the course of a run.
 *
 * @param kind kind of the shape
 * @param at index of the value at which the change begins; 0 if it lasts from the start
 * @param values share of the change that has happened at each value: 0 at first, 1 at last
 */
record ChangeShape(Kind kind, int at, double[] values) {

    /** Kinds of shapes. */
    enum Kind {
        /** Linear from the first value to the last. */
        LINE(1 / 8.0),
        /** A different level from one value on. */
        STEP(1 / 2.0),
        /** Level, then linear to the end. */
        BEND(1 / 8.0),
        /** Linear, then level. */
        LEVELLING(1 / 8.0),
        /** Exponential, growing or decaying. */
        EXPONENTIAL(1 / 8.0);

        /**
         * Prior weight of the kind. Steps are the most numerous and the most diverse, so they weigh as much as all other kinds together.
         */
        final double share;

        Kind(double share) {
            this.share = share;
        }
    }

    /** A step or a bend leaves this share (1/8) of the values on either side. No trend test detects a later one. */
    private static final int BESIDE = 8;

    /** Exponents over the whole series. */
    private static final double[] RATES = {-5, -2.5, 2.5, 5};

    /** All shapes for {@code n} values. @param n at least 12 */
    static List<ChangeShape> all(int n) {
        int least = Math.max(2, (n + BESIDE - 1) / BESIDE);
        int last = n - 1;
        var shapes = new ArrayList<ChangeShape>();
        shapes.add(of(Kind.LINE, 0, n, i -> i / (double) last));
        for (int k = least; k <= n - least; k++) {
            int at = k;
            shapes.add(of(Kind.STEP, at, n, i -> i < at ? 0 : 1));
        }
        for (int k = least; k <= n - least; k += Math.max(1, n / (2 * BESIDE))) {
            int at = k;
            shapes.add(of(Kind.BEND, at, n, i -> Math.max(0, i - at) / (double) (last - at)));
            shapes.add(of(Kind.LEVELLING, 0, n, i -> Math.min(i, at) / (double) at));
        }
        for (double rate : RATES) {
            shapes.add(of(Kind.EXPONENTIAL, 0, n, i -> StrictMath.expm1(rate * i / last) / StrictMath.expm1(rate)));
        }
        return List.copyOf(shapes);
    }

    private static ChangeShape of(Kind kind, int at, int n, IntToDoubleFunction change) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = change.applyAsDouble(i);
        }
        return new ChangeShape(kind, at, values);
    }

    /**
     * A shape fitted to values.
     *
     * @param before level before the change
     * @param size size of the change
     * @param standardError standard error of the size if neighbours were independent
     */
    record Fit(double before, double size, double standardError) {}

    /** Fits the shape by least squares. */
    Fit fit(double[] y) {
        int n = y.length;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < n; i++) {
            meanX += values[i] / n;
            meanY += y[i] / n;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < n; i++) {
            xx += (values[i] - meanX) * (values[i] - meanX);
            xy += (values[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        double size = yy > 1e-24 * n * meanY * meanY ? xy / xx : 0; // else the values differ by rounding errors only
        return new Fit(meanY - size * meanX, size, Math.sqrt(Math.max(0, yy - size * xy) / (n - 2) / xx));
    }
}
