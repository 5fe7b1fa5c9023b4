package dev.kilonode.reports.suite;

import java.util.List;
import java.util.Map;

/**
 * The results of a suite by the values that it varies: a cell for each combination, over its seeds and repetitions. Immutable.
 *
 * @param axes at least one; a suite without axes of its own has those of its scenarios and seeds
 * @param metrics names of the metrics that any cell has, as in {@code summary.json}
 * @param cells in the order of their first runs
 */
public record Grid(List<SuiteAxis> axes, List<String> metrics, List<Cell> cells) {

    /**
     * One combination.
     *
     * @param point its value on each axis
     * @param runs at least one
     * @param values by metric, over the runs that have ended; without those that no run has
     */
    public record Cell(List<String> point, List<SuiteRun> runs, Map<String, Spread> values) {

        /** Number of runs in {@code state}. */
        public long count(SuiteRun.State state) {
            return runs.stream().filter(run -> run.state() == state).count();
        }
    }

    /** A metric over the runs of a cell. */
    public record Spread(double median, double least, double most, int runs) {}
}
