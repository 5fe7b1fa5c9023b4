package dev.kilonode.reports.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Neighbouring windows taken together: of a long course, so that an odd window moves nothing and testing does not take long.
 *
 * @param startMs start of its first window
 * @param endMs end of its last one
 * @param median of the windows that had data
 */
public record Block(long startMs, long endMs, double median) {

    /** Windows from which on a block holds more than one: a course has 100 to 199 blocks, or one a window if there are fewer. */
    static final int WANTED = 100;

    /** Fewer blocks with data than this say nothing of a trend. */
    public static final int LEAST = 12;

    /** How many blocks so many windows are cut into. */
    static int count(int windows) {
        return windows / Math.max(1, windows / WANTED);
    }

    /** Cuts the course into blocks of nearly as many windows each. Blocks without any data are left out. */
    public static List<Block> of(TimeSeries course) {
        int count = count(course.size());
        var blocks = new ArrayList<Block>();
        for (int k = 0; k < count; k++) {
            int from = (int) ((long) k * course.size() / count);
            int to = (int) ((long) (k + 1) * course.size() / count);
            double[] known = IntStream.range(from, to)
                    .filter(course::known)
                    .mapToDouble(course::value)
                    .toArray();
            if (known.length > 0) {
                blocks.add(new Block(
                        course.startMs(from),
                        course.endMs(to - 1),
                        Median.withDefaults().evaluate(known)));
            }
        }
        return List.copyOf(blocks);
    }
}
