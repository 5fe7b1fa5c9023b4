package dev.kilonode.reports.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a time series changes from its beginning to its end.
 *
 * @param windows windows with data
 * @param blocks blocks with data
 * @param start level at the beginning, by the likeliest change shape
 * @param end level at the end, by the same shape
 * @param change relative change {@code (end - start) / start}: 0.1 for 10 % more
 * @param pValue probability of as clear a change in the same direction under the null hypothesis, the largest over autocorrelations up to
 *     0.95
 * @param doubtful whether the evidence of a change is too strong for a pass, given moderate autocorrelation
 * @param autocorrelation autocorrelation of neighbouring blocks after removal of the change, in [0, 1)
 * @param coarse whether the values are counts and the change is small enough to be a rounding effect
 * @param windowsNeeded about how many windows like these would separate such a change from noise
 * @param sinceMs start of the change, ms since the start of the run; null if nothing was tested
 * @param stopsMs end of the data if it is well before the end of the series, in which case the absence of a trend proves nothing; else null
 * @param fault why nothing could be tested; empty if it was. The numbers are then those of no trend
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
        String fault) {

    /** Strength of the evidence for a change, whatever its size. */
    public enum Evidence {
        /** The change is significant. */
        CLEAR,
        /** The data are consistent with noise and with a change: more windows would decide. */
        DOUBTFUL,
        /** The data are consistent with noise, and a relevant change would rarely look like this. */
        NONE
    }

    /**
     * Significance level of one run, before the limit on the size of the change. With rounded noise the false alarm rate stays below 5 %.
     */
    public static final double ALPHA = 0.035;

    /** A change by at most this many whole numbers may be a rounding effect of slow variation. */
    private static final int ROUNDED = 3;

    /** Number of standard errors at which a change is nearly always significant. */
    private static final double TOLD = 4.5;

    /** If the last twelfth of a series or more has no data, the data stop. */
    private static final double STOPPED = 1 / 12.0;

    /**
     * Tests a time series without warm-up and faults.
     *
     * @param floor smallest relevant level, above 0, in the unit of the values; relative changes use it instead of a smaller start
     */
    public static Trend of(TimeSeries series, double floor) {
        int windows =
                (int) IntStream.range(0, series.size()).filter(series::known).count();
        List<Block> blocks = Block.of(series);
        if (blocks.size() < Block.LEAST) {
            return untested(windows, blocks.size(), few(series.size(), windows, blocks.size()));
        }
        double[] medians = blocks.stream().mapToDouble(Block::median).toArray();
        double least = Arrays.stream(medians).min().orElseThrow();
        double most = Arrays.stream(medians).max().orElseThrow();
        if (!Double.isFinite(Math.max(Math.abs(least), Math.abs(most)) * 2 * medians.length)) {
            return untested(windows, blocks.size(), "the values are too large to compute with");
        }
        ChangeTest test = ChangeTest.of(medians);
        ChangeShape.Fit fit = test.shape().fit(medians);
        // a poor fit may begin below all observed values
        double start = Math.max(least, Math.min(most, fit.before()));
        double end = start + fit.size();
        double change = fit.size() / Math.max(Math.abs(start), floor);
        if (!Double.isFinite(change)) {
            return untested(windows, blocks.size(), "the values are too large to compute with");
        }
        long lastMs = series.endMs(series.size() - 1);
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
                floor >= 1 && Math.abs(fit.size()) <= ROUNDED && whole(series),
                needed(windows, fit, test.autocorrelation()),
                blocks.get(test.shape().at()).startMs(),
                lastMs - dataMs >= STOPPED * (lastMs - series.startMs(0)) ? dataMs : null,
                "");
    }

    /** Whether there were enough data for a test. */
    public boolean tested() {
        return fault.isEmpty();
    }

    /** @param adjusted the p-value after correction for the number of trends */
    public Evidence evidence(double adjusted) {
        if (adjusted < ALPHA) {
            return coarse ? Evidence.DOUBTFUL : Evidence.CLEAR;
        }
        return pValue < ALPHA || doubtful && !coarse ? Evidence.DOUBTFUL : Evidence.NONE;
    }

    private static boolean whole(TimeSeries series) {
        return IntStream.range(0, series.size())
                .filter(series::known)
                .allMatch(i -> series.value(i) == Math.rint(series.value(i)));
    }

    /** Number of windows at which the change would be {@link #TOLD} standard errors, at least 1.5 times the present number. */
    private static int needed(int windows, ChangeShape.Fit fit, double phi) {
        double error = fit.standardError() * Math.sqrt((1 + phi) / (1 - phi));
        double missing = fit.size() == 0 ? 1 : TOLD * error / Math.abs(fit.size());
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(windows * Math.max(1.5, missing * missing)));
    }

    private static Trend untested(int windows, int blocks, String fault) {
        return new Trend(windows, blocks, 0, 0, 0, 1, false, 0, false, Block.LEAST, null, null, fault);
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
