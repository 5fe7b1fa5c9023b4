package dev.kilonode.reports.statistics;

/**
 * When a change began: the best fit, by least squares, among a step, a line, a bend and a levelling that begin at each of some places; flat before.
 * A line from the first place on is a change that was there from the start.
 *
 * @param index where it begins, in values
 * @param shape how it goes on from there
 * @param residuals what the fit leaves over, value by value
 */
public record Onset(int index, Shape shape, double[] residuals) {

    /** How values go on after the change. */
    public enum Shape {
        /** Another level. */
        STEP {
            @Override
            double after(int steps) {
                return 1;
            }
        },
        /** Further and further, evenly. */
        LINE {
            @Override
            double after(int steps) {
                return steps;
            }
        },
        /** Faster and faster. */
        BEND {
            @Override
            double after(int steps) {
                return (double) steps * steps;
            }
        },
        /** Ever more slowly, as what nears its bound. */
        LEVELLING {
            @Override
            double after(int steps) {
                return Math.sqrt(steps);
            }
        };

        /** What the shape adds {@code steps} values after its beginning. */
        abstract double after(int steps);
    }

    /** Values on either side of a step: fewer are an odd value, not a level. */
    private static final int LEAST_BESIDE_STEP = 2;

    /**
     * @param values finite, in order of time, at least 3
     * @param places indices at which a change may begin, in ascending order; the first one is usually 0
     */
    public static Onset of(double[] values, int[] places) {
        Onset best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int at : places) {
            for (Shape shape : Shape.values()) {
                boolean lopsided =
                        shape == Shape.STEP && (at < LEAST_BESIDE_STEP || at > values.length - LEAST_BESIDE_STEP);
                if (lopsided || at > values.length - LEAST_BESIDE_STEP) {
                    continue;
                }
                double[] residuals = residuals(values, at, shape);
                double squares = 0;
                for (double residual : residuals) {
                    squares += residual * residual;
                }
                if (squares < least) {
                    least = squares;
                    best = new Onset(at, shape, residuals);
                }
            }
        }
        return best == null ? new Onset(0, Shape.LINE, residuals(values, 0, Shape.LINE)) : best;
    }

    private static double[] residuals(double[] values, int at, Shape shape) {
        int n = values.length;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < n; i++) {
            meanX += x(i, at, shape) / n;
            meanY += values[i] / n;
        }
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            double x = x(i, at, shape) - meanX;
            xx += x * x;
            xy += x * (values[i] - meanY);
        }
        double slope = xx > 0 ? xy / xx : 0;
        double[] left = new double[n];
        for (int i = 0; i < n; i++) {
            left[i] = values[i] - meanY - slope * (x(i, at, shape) - meanX);
        }
        return left;
    }

    private static double x(int i, int at, Shape shape) {
        return i < at ? 0 : shape.after(i - at);
    }
}
