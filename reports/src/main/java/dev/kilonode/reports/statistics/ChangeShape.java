package dev.kilonode.reports.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A way in which a level can change in the course of a run.
 *
 * @param kind what it looks like
 * @param at value at which it begins; 0 for what goes on from the start
 * @param values the change that has happened by each value: 0 at first, 1 at last
 */
record ChangeShape(Kind kind, int at, double[] values) {

    /** What a change looks like. */
    enum Kind {
        /** Evenly, from the first value to the last. */
        LINE(1 / 8.0),
        /** Another level from one value on. */
        STEP(1 / 2.0),
        /** Level, then evenly to the end. */
        BEND(1 / 8.0),
        /** Evenly, then level. */
        LEVELLING(1 / 8.0),
        /** Exponentially: ever faster, or ever more slowly. */
        EXPONENTIAL(1 / 8.0);

        /** How much it counts among all kinds: steps, of which there are most and which are least alike, as much as all others. */
        final double share;

        Kind(double share) {
            this.share = share;
        }
    }

    /** Share of the values that a step or a bend leaves on either side: a break later than that is seen by no test for trends. */
    private static final int BESIDE = 8;

    /** Exponents over the whole course. */
    private static final double[] RATES = {-5, -2.5, 2.5, 5};

    /** All that are looked for among {@code n} values. @param n at least 12 */
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
     * A shape put through values.
     *
     * @param before level before the change
     * @param size of the change
     * @param standardError of the size, if neighbours were independent
     */
    record Fit(double before, double size, double standardError) {}

    /** By least squares. */
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
        double size = yy > 1e-24 * n * meanY * meanY ? xy / xx : 0; // else there are rounding errors only
        return new Fit(meanY - size * meanX, size, Math.sqrt(Math.max(0, yy - size * xy) / (n - 2) / xx));
    }
}
