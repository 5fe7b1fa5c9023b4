package dev.kilonode.reports.model;

import dev.kilonode.reports.run.CheckResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a report shows.
 *
 * @param title      name of the run
 * @param verdict    one word: {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}; of a comparison what it comes to
 * @param exitCode   of the command that ended so; null for a comparison
 * @param reason     why, the root reason first
 * @param headline   what happened and when, in a sentence
 * @param facts      what the run was: nodes, length, seed; in a line
 * @param warnings   what a reader must know before trusting it: crashed, partial, damaged rows
 * @param checks     what the checks found
 * @param tiles      headline numbers
 * @param durationMs length of the time axis, at least 1
 * @param spans      phases and faults
 * @param moments    what happened first, and when
 * @param charts     charts in order of reading
 * @param tables     tables by the section they stand in
 * @param reproduce  label to value: command, seed, digest, versions
 */
public record ReportModel(
        String title,
        String verdict,
        @Nullable Integer exitCode,
        String reason,
        String headline,
        String facts,
        List<String> warnings,
        List<CheckResult> checks,
        List<KeyFigure> keyFigures,
        long durationMs,
        List<Span> spans,
        List<Moment> moments,
        List<Chart> charts,
        List<Table> tables,
        Map<String, String> reproduce) {

    /** Whether a number is good news. */
    public enum Tone {
        GOOD,
        BAD,
        NEUTRAL
    }

    /** A number, what it is, what it means, and its course over the run. */
    public record KeyFigure(String label, String value, String detail, Tone tone, ChartSeries course) {}

    /** A phase or a fault. */
    public record Span(boolean fault, String name, long startMs, long endMs) {}

    /**
     * Something that happened at one time.
     *
     * @param timeMs  when, ms since the start of the run
     * @param name    what, in a few words
     * @param turning whether the run took a turn there, so that charts show it as a line
     */
    public record Moment(long timeMs, String name, boolean turning) {}

    /** A table, rows of cells; a sentence above it. */
    public record Table(String section, String title, String note, List<String> columns, List<List<String>> rows) {}

    /** The moments that are lines in a chart, in order of time; none for charts that have nothing to do with them. */
    public List<Moment> marks(Chart chart) {
        return chart.marked() ? moments.stream().filter(Moment::turning).toList() : List.of();
    }

    /** The verdict, and of a good one what it stands on: {@code all 4 checks passed}. */
    public String verdictInWords() {
        return verdict.equals("PASS") && !checks.isEmpty() ? reason : verdict;
    }

    /** {@code FAIL (exit 1)}. */
    public String verdictWithExit() {
        return exitCode == null ? verdict : verdict + " (exit " + exitCode + ")";
    }

    /** The chart with an id. */
    public Chart chart(String id) {
        return charts.stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no chart " + id));
    }
}
