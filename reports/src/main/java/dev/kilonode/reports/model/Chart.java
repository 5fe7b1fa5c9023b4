package dev.kilonode.reports.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A chart as numbers. The horizontal axis is always the time of the run.
 *
 * @param id file name without extension, and anchor in the page
 * @param section heading of its section
 * @param title title with the unit
 * @param unit label of the vertical axis
 * @param note how to read the chart, or why it is omitted; a sentence below the title
 * @param lines lines over time, values in {@code unit}
 * @param bands areas between two values
 * @param stacked whether the lines are stacked parts of a whole
 * @param heat a heatmap in place of lines; null otherwise
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
     * A line over time.
     *
     * @param name legend entry
     * @param points values in the chart's unit
     * @param colour index in the palette
     * @param strong whether the line is emphasised
     */
    public record Line(String name, ChartSeries points, int colour, boolean strong) {}

    /**
     * An area between two lines.
     *
     * @param name legend entry
     * @param low lower edge
     * @param high upper edge, over the same windows
     * @param colour index in the palette
     */
    public record Band(String name, ChartSeries low, ChartSeries high, int colour) {}

    /**
     * A grid with one row per name and one column per window.
     *
     * @param rows names, from the bottom up; at least one
     * @param cells values by row, all over the same windows
     * @param unit unit of the values
     */
    public record Heatmap(List<String> rows, List<ChartSeries> cells, String unit) {
        /** Largest value; 0 if there is none. */
        public double max() {
            return cells.stream().mapToDouble(ChartSeries::max).max().orElse(0);
        }
    }

    /** Charts that mark the turning points of the run. */
    private static final Set<String> MARKED = Set.of("drops", "identity", "upload-latency", "upload-latency-by-start");

    /** Whether the turning points of the run are drawn as lines. */
    boolean marked() {
        return MARKED.contains(id);
    }

    /** Least upper bound of the vertical axis: 100 for percentages; 0 if the axis follows the data. */
    public double top() {
        return unit.equals("%") ? 100 : 0;
    }

    /** Whether the chart has data to draw. */
    public boolean drawn() {
        return !lines.isEmpty() || !bands.isEmpty() || heat != null;
    }

    static Chart omitted(String id, String section, String title, String why) {
        return new Chart(id, section, title, "", why, List.of(), List.of(), false, null);
    }
}
