package dev.kilonode.reports.model;

import dev.kilonode.reports.run.CheckResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a report shows.
 *
 * @param title name of the run
 * @param verdict one word: {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}; for a comparison its conclusion
 * @param exitCode exit code of the command; null for a comparison
 * @param reason reason of the verdict, the root cause first
 * @param headline what happened and when, in a sentence
 * @param facts nodes, length and seed of the run, in a line
 * @param warnings limits of the data: crashed, partial, damaged rows
 * @param checks results of the checks
 * @param keyFigures headline numbers
 * @param durationMs length of the time axis, at least 1
 * @param spans phases and faults
 * @param moments first occurrences, in order of time
 * @param charts charts in reading order
 * @param tables tables, each with its section
 * @param reproduce label to value: command, seed, digest, versions
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

    /** The section of the workers of a run over several processes. */
    public static final String WORKERS = "Workers";

    /** Whether a number is good or bad news. */
    public enum Tone {
        GOOD,
        BAD,
        NEUTRAL
    }

    /** A headline number: label, value, explanation, and its values over the run. */
    public record KeyFigure(String label, String value, String detail, Tone tone, ChartSeries series) {}

    /** A phase or a fault. */
    public record Span(boolean fault, String name, long startMs, long endMs) {}

    /**
     * Something that happened at one time.
     *
     * @param timeMs ms since the start of the run
     * @param name short description
     * @param turning whether it is a turning point of the run, which charts mark with a line
     */
    public record Moment(long timeMs, String name, boolean turning) {}

    /** A table of text cells, with a sentence above it. */
    public record Table(String section, String title, String note, List<String> columns, List<List<String>> rows) {}

    /** The turning points that a chart marks, in order of time; none for unrelated charts. */
    public List<Moment> marks(Chart chart) {
        return chart.marked() ? moments.stream().filter(Moment::turning).toList() : List.of();
    }

    /** The verdict in words; for a pass its reason: {@code all 4 checks passed}. */
    public String verdictInWords() {
        return verdict.equals("PASS") && !checks.isEmpty() ? reason : verdict;
    }

    /** {@code FAIL (exit 1)}. */
    public String verdictWithExit() {
        return exitCode == null ? verdict : verdict + " (exit " + exitCode + ")";
    }

    /** The chart with the given id. */
    public Chart chart(String id) {
        return charts.stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no chart " + id));
    }
}
