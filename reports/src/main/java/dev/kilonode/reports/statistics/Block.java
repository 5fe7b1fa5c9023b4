package dev.kilonode.reports.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;

/**
 * A group of neighbouring windows. Blocks limit the cost of a test on a long series, and the effect of a single outlier.
 *
 * @param startMs start of its first window
 * @param endMs end of its last window
 * @param median median of the windows that had data
 */
public record Block(long startMs, long endMs, double median) {

    /**
     * Blocks hold more than one window from twice this number on: a long series has 100 to 199 blocks, a shorter one a block per window.
     */
    static final int WANTED = 100;

    /** Fewest blocks with data that a trend test needs. */
    public static final int LEAST = 12;

    /** Number of blocks for a number of windows. */
    static int count(int windows) {
        return windows / Math.max(1, windows / WANTED);
    }

    /** Divides the series into blocks of nearly equal numbers of windows. Blocks without data are left out. */
    public static List<Block> of(TimeSeries series) {
        int count = count(series.size());
        var blocks = new ArrayList<Block>();
        for (int k = 0; k < count; k++) {
            int from = (int) ((long) k * series.size() / count);
            int to = (int) ((long) (k + 1) * series.size() / count);
            double[] known = IntStream.range(from, to)
                    .filter(series::known)
                    .mapToDouble(series::value)
                    .toArray();
            if (known.length > 0) {
                blocks.add(new Block(
                        series.startMs(from),
                        series.endMs(to - 1),
                        Median.withDefaults().evaluate(known)));
            }
        }
        return List.copyOf(blocks);
    }
}
