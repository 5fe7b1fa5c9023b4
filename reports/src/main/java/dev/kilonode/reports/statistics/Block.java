package dev.kilonode.reports.statistics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Neighbouring windows taken together, so that one odd window moves nothing and what lasts a few windows is not taken for a trend.
 *
 * @param startMs start of its first window
 * @param endMs end of its last one
 * @param median of the windows that had data
 * @param firstWindow index of its first window in the course
 */
public record Block(long startMs, long endMs, double median, int firstWindow) {

    /** Blocks that a course is cut into. */
    public static final int WANTED = 24;

    /** Fewer blocks with data than this say nothing of a trend. */
    public static final int LEAST = 12;

    /**
     * Cuts the course into at most {@code wanted} blocks of nearly as many windows each. Blocks without any data are left out.
     *
     * @param wanted at least 1
     */
    public static List<Block> of(Course course, int wanted) {
        int count = Math.min(wanted, course.size());
        var blocks = new ArrayList<Block>();
        for (int k = 0; k < count; k++) {
            int from = (int) ((long) k * course.size() / count);
            int to = (int) ((long) (k + 1) * course.size() / count);
            double[] known = new double[to - from];
            int n = 0;
            for (int i = from; i < to; i++) {
                if (course.known(i)) {
                    known[n++] = course.value(i);
                }
            }
            if (n > 0) {
                double median = Median.withDefaults().evaluate(java.util.Arrays.copyOf(known, n));
                blocks.add(new Block(course.startMs(from), course.endMs(to - 1), median, from));
            }
        }
        return List.copyOf(blocks);
    }

    double middleMs() {
        return (startMs + endMs) / 2.0;
    }
}
