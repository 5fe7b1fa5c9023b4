package dev.kilonode.reports.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a course moves from its beginning to its end.
 *
 * @param windows windows with data
 * @param blocks blocks with data
 * @param start level at the beginning, by the likeliest shape of a change
 * @param end level at the end, by the same shape
 * @param change {@code (end - start) / start}: 0.1 for 10 % more
 * @param pValue how likely a change as clear, in the same direction, is without one, for whichever autocorrelation of the noise up to 0.95
 *     makes it likeliest
 * @param doubtful whether noise as short-lived as is usual looks so much like a change too rarely for a pass
 * @param autocorrelation of neighbouring blocks once the change itself is taken out, in [0, 1)
 * @param coarse whether the values are counts and the change is by so few that rounding may have made it
 * @param windowsNeeded about how many windows like these would tell such a change from noise
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
        boolean doubtful,
        double autocorrelation,
        boolean coarse,
        int windowsNeeded,
        @Nullable Long sinceMs,
        @Nullable Long stopsMs,
        String trouble) {

    /** What data say of a change, before any limit to its size. */
    public enum Evidence {
        /** Noise does that too rarely to be thought of. */
        CLEAR,
        /** Noise can do that, and so can a change that counts: more windows would tell. */
        DOUBTFUL,
        /** Noise does that often, and a change that counts rarely looks like it. */
        NONE
    }

    /** Chance of a false alarm that one run accepts, before the gate on the size of the change; it stays below 5 % where noise is rounded, too. */
    public static final double ALPHA = 0.035;

    /** A change by so many whole numbers can be what rounding has made of long swings, whatever the test says of it. */
    private static final int ROUNDED = 3;

    /** Standard errors with which a change is nearly always told from noise. */
    private static final double TOLD = 4.5;

    /** Share of a course without data at its end that means: the data stop. */
    private static final double STOPPED = 1 / 12.0;

    /**
     * Tests a course of which warm-up and faults have been taken out.
     *
     * @param floor a change of level that is none, above 0, in the unit of the values; a start below it counts as this much
     */
    public static Trend of(TimeSeries course, double floor) {
        int windows =
                (int) IntStream.range(0, course.size()).filter(course::known).count();
        List<Block> blocks = Block.of(course);
        if (blocks.size() < Block.LEAST) {
            return untested(windows, blocks.size(), few(course.size(), windows, blocks.size()));
        }
        double[] medians = blocks.stream().mapToDouble(Block::median).toArray();
        double least = Arrays.stream(medians).min().orElseThrow();
        double most = Arrays.stream(medians).max().orElseThrow();
        if (!Double.isFinite(Math.max(Math.abs(least), Math.abs(most)) * 2 * medians.length)) {
            return untested(windows, blocks.size(), "the values are too large to reckon with");
        }
        ChangeTest test = ChangeTest.of(medians);
        ChangeShape.Fit fit = test.shape().fit(medians);
        // what a shape does not describe well may begin below everything that was ever seen
        double start = Math.max(least, Math.min(most, fit.before()));
        double end = start + fit.size();
        double change = fit.size() / Math.max(Math.abs(start), floor);
        if (!Double.isFinite(change)) {
            return untested(windows, blocks.size(), "the values are too large to reckon with");
        }
        long lastMs = course.endMs(course.size() - 1);
        long dataMs = blocks.get(blocks.size() - 1).endMs();
        return new Trend(
                windows,
                blocks.size(),
                start,
                end,
                change,
                test.pValue(),
                test.doubtful(),
                test.autocorrelation(),
                floor >= 1 && Math.abs(fit.size()) <= ROUNDED && whole(course),
                needed(windows, fit, test.autocorrelation()),
                blocks.get(test.shape().at()).startMs(),
                lastMs - dataMs >= STOPPED * (lastMs - course.startMs(0)) ? dataMs : null,
                "");
    }

    /** Whether there was enough to test. */
    public boolean tested() {
        return trouble.isEmpty();
    }

    /** @param adjusted the p-value, raised for the number of trends that are looked at */
    public Evidence evidence(double adjusted) {
        if (adjusted < ALPHA) {
            return coarse ? Evidence.DOUBTFUL : Evidence.CLEAR;
        }
        return pValue < ALPHA || doubtful && !coarse ? Evidence.DOUBTFUL : Evidence.NONE;
    }

    private static boolean whole(TimeSeries course) {
        return IntStream.range(0, course.size())
                .filter(course::known)
                .allMatch(i -> course.value(i) == Math.rint(course.value(i)));
    }

    /** So many that the change would be {@link #TOLD} standard errors, and never fewer than half as many again as there are. */
    private static int needed(int windows, ChangeShape.Fit fit, double phi) {
        double error = fit.standardError() * Math.sqrt((1 + phi) / (1 - phi));
        double missing = fit.size() == 0 ? 1 : TOLD * error / Math.abs(fit.size());
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(windows * Math.max(1.5, missing * missing)));
    }

    private static Trend untested(int windows, int blocks, String trouble) {
        return new Trend(windows, blocks, 0, 0, 0, 1, false, 0, false, Block.LEAST, null, null, trouble);
    }

    private static String few(int windows, int known, int blocks) {
        if (windows < Block.LEAST) {
            return windows + " windows outside of warm-up and faults, a trend needs " + Block.LEAST + " or more";
        }
        if (known == 0) {
            return "no data in any of " + windows + " windows";
        }
        return "data in only " + blocks + " of " + Block.count(windows) + " blocks, a trend needs " + Block.LEAST;
    }
}
