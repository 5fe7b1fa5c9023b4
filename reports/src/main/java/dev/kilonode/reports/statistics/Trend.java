package dev.kilonode.reports.statistics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a course moves from its beginning to its end.
 *
 * @param windows windows with data
 * @param blocks blocks with data
 * @param start level at the beginning, by the line through the blocks, but not below their least
 * @param end level at the end, by the same slope
 * @param change {@code (end - start) / start}: the projected change, 0.1 for 10 % more
 * @param pValue how likely a trend or a break as clear, either way, is without one; autocorrelation taken into account
 * @param autocorrelation of neighbouring windows once the change itself is taken out, in [0, 1)
 * @param sinceMs when the change began, ms since the start of the run; null when nothing was tested
 * @param stopsMs when the data stop, if that is well before the course ends: then no trend in them is no good news; else null
 * @param trouble why nothing could be tested, in words; empty when it was. The numbers are then those of no trend
 */
public record Trend(
        int windows,
        int blocks,
        double start,
        double end,
        double change,
        double pValue,
        double autocorrelation,
        @Nullable Long sinceMs,
        @Nullable Long stopsMs,
        String trouble) {

    /** Chance of a false alarm that one run accepts, before the gate on the size of the change. */
    public static final double ALPHA = 0.01;

    /** Blocks without data at the end of a course that mean: the data stop. */
    private static final int STOPPED = 2;

    /**
     * Tests a course of which warm-up and faults have been taken out.
     *
     * @param floor a change of level that is none, above 0, in the unit of the values; a start below it counts as this much
     */
    public static Trend of(Course course, double floor) {
        Course known = course.withoutGaps();
        List<Block> blocks = Block.of(course, Block.WANTED);
        if (blocks.size() < Block.LEAST) {
            return untested(known.size(), blocks.size(), few(course.size(), known.size(), blocks.size()));
        }
        long lastMs = course.endMs(course.size() - 1);
        long dataMs = blocks.get(blocks.size() - 1).endMs();
        int cut = Math.min(Block.WANTED, course.size());
        long stopped = (lastMs - dataMs) * cut / Math.max(1, lastMs - course.startMs(0));
        double[] medians = blocks.stream().mapToDouble(Block::median).toArray();
        double[] middles = blocks.stream().mapToDouble(Block::middleMs).toArray();
        TheilSen line = TheilSen.of(middles, medians);
        double[] values = known.values();
        Onset onset = Onset.of(values, places(known, blocks));
        double lag1 = Autocorrelation.unbiased(Autocorrelation.lag1(onset.residuals()), values.length);
        double factor = Autocorrelation.varianceFactor(lag1, values.length, blocks.size());
        double steady = MannKendall.of(medians).withVarianceTimes(factor).pValue();
        double broken = Pettitt.of(medians).withVarianceTimes(factor).pValue();
        double least = Double.POSITIVE_INFINITY;
        for (double median : medians) {
            least = Math.min(least, median);
        }
        // what grows faster and faster has a line that begins below everything that was ever seen
        double start = Math.max(line.at(blocks.get(0).startMs()), least);
        double end = start + line.slope() * (dataMs - blocks.get(0).startMs());
        double change = (end - start) / Math.max(Math.abs(start), floor);
        if (!Double.isFinite(change) || !Double.isFinite(lag1)) {
            return untested(known.size(), blocks.size(), "the values are too large to reckon with");
        }
        return new Trend(
                known.size(),
                blocks.size(),
                start,
                end,
                change,
                Math.min(1, 2 * Math.min(steady, broken)), // two tests, so each counts double
                lag1,
                known.startMs(onset.index()),
                stopped >= STOPPED ? dataMs : null,
                "");
    }

    /** Whether there was enough to test. */
    public boolean tested() {
        return trouble.isEmpty();
    }

    private static Trend untested(int windows, int blocks, String trouble) {
        return new Trend(windows, blocks, 0, 0, 0, 1, 0, null, null, trouble);
    }

    private static String few(int windows, int known, int blocks) {
        if (windows < Block.LEAST) {
            return windows + " windows outside of warm-up and faults, a trend needs " + Block.LEAST + " or more";
        }
        if (known == 0) {
            return "no data in any of " + windows + " windows";
        }
        return "data in only " + blocks + " of " + Math.min(Block.WANTED, windows) + " blocks, a trend needs "
                + Block.LEAST;
    }

    /** Where blocks begin, counted in windows with data. */
    private static int[] places(Course known, List<Block> blocks) {
        int[] places = new int[blocks.size()];
        int window = 0;
        for (int k = 0; k < places.length; k++) {
            while (known.startMs(window) < blocks.get(k).startMs()) {
                window++;
            }
            places[k] = window;
        }
        return places;
    }
}
