package dev.kilonode.reports.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A chart as numbers. Its horizontal axis is always the time of the run.
 *
 * @param id      file name without ending, and anchor
 * @param section heading it stands under
 * @param title   what it shows, with the unit
 * @param unit    what the vertical axis says
 * @param note    a sentence below the title: how to read it, or why there is nothing to see
 * @param lines   lines over time, values in {@code unit}
 * @param bands   areas between two values
 * @param stacked whether the lines are parts of a whole
 * @param heat    a grid instead of lines; null otherwise
 */
public record Chart(
        String id,
        String section,
        String title,
        String unit,
        String note,
        List<Line> lines,
        List<Band> bands,
        boolean stacked,
        @Nullable Heatmap heat) {

    /**
     * @param name   what the legend says
     * @param points values in the chart's unit
     * @param colour index in the palette
     * @param strong whether it is what one should look at first
     */
    public record Line(String name, ChartSeries points, int colour, boolean strong) {}

    /**
     * @param name   what the legend says
     * @param low    lower edge
     * @param high   upper edge, over the same windows
     * @param colour index in the palette
     */
    public record Band(String name, ChartSeries low, ChartSeries high, int colour) {}

    /**
     * A grid: one row a name, one column a window.
     *
     * @param rows  names, from the bottom up; at least one
     * @param cells values by row, all over the same windows
     * @param unit  of the values
     */
    public record Heatmap(List<String> rows, List<ChartSeries> cells, String unit) {
        /** Largest value, or 0. */
        public double max() {
            return cells.stream().mapToDouble(ChartSeries::max).max().orElse(0);
        }
    }

    /** Charts that show where the run took a turn. */
    private static final Set<String> MARKED = Set.of("drops", "identity", "upload-latency", "upload-latency-by-start");

    /** Whether the moments at which the run took a turn are lines in it. */
    boolean marked() {
        return MARKED.contains(id);
    }

    /** Least upper end of the vertical axis: shares are shown against the whole; 0 if the axis follows the data. */
    public double top() {
        return unit.equals("%") ? 100 : 0;
    }

    /** Whether there is anything to draw. */
    public boolean drawn() {
        return !lines.isEmpty() || !bands.isEmpty() || heat != null;
    }

    static Chart omitted(String id, String section, String title, String why) {
        return new Chart(id, section, title, "", why, List.of(), List.of(), false, null);
    }
}
