package dev.kilonode.reports.render.text;

import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.run.CsvText;
import dev.kilonode.reports.suite.Grid;
import dev.kilonode.reports.suite.GridReader;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteAxis;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of a suite by the values that it varies, as a table for a terminal and as {@code runs.csv}. */
public final class GridText {

    /** From what users notice to its causes. */
    private static final List<String> COLUMNS = List.of(
            "transport.drops.count",
            "identity.timeouts.count",
            "upload.failed.count",
            "upload.latency.p95",
            "registry.lock.utilisation.p95");

    private GridText() {}

    /** The metrics of the table. */
    public static List<String> columns(Grid grid) {
        return COLUMNS.stream().filter(grid.metrics()::contains).toList();
    }

    /** A heading, and a line for each cell. */
    public static List<String> table(Grid grid) {
        List<String> shown = columns(grid);
        List<List<String>> rows = new ArrayList<>();
        List<String> head =
                new ArrayList<>(grid.axes().stream().map(SuiteAxis::path).toList());
        head.add("passed");
        head.addAll(shown);
        rows.add(head);
        for (Grid.Cell cell : grid.cells()) {
            List<String> row = new ArrayList<>(cell.point());
            row.add(outcome(cell));
            for (String metric : shown) row.add(value(metric, cell.values().get(metric)));
            rows.add(row);
        }
        return aligned(rows);
    }

    /** {@code 2 of 3}, and what became of the others. */
    public static String outcome(Grid.Cell cell) {
        StringBuilder words =
                new StringBuilder(cell.count(State.PASS) + " of " + cell.runs().size());
        for (State state : State.values()) {
            long count = cell.count(state);
            if (state != State.PASS && count > 0)
                words.append(", ").append(count).append(' ').append(state.word());
        }
        return words.toString();
    }

    /** The median, and the range if there are several runs. */
    public static String value(String metric, Grid.@Nullable Spread spread) {
        if (spread == null) return "";
        String median = quantity(metric, spread.median());
        return spread.least() == spread.most()
                ? median
                : median + " (" + quantity(metric, spread.least()) + " to " + quantity(metric, spread.most()) + ")";
    }

    private static String quantity(String metric, double value) {
        int split = metric.lastIndexOf('.');
        if (metric.endsWith(".count") && value != Math.rint(value)) return Format.number(value); // a median of two
        return Format.quantity(metric.substring(0, split), metric.substring(split + 1), value);
    }

    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        }
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < widths.length; i++) {
                        line.append(row.get(i))
                                .append(" ".repeat(widths[i] - row.get(i).length() + 2));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }

    /** {@code runs.csv}: a line for each run, with its values on the axes and all its metrics. */
    public static String csv(Suite suite, Grid grid, GridReader results) {
        List<String> head = new ArrayList<>(List.of("scenario"));
        suite.axes().forEach(axis -> head.add(axis.path()));
        head.addAll(List.of("seed", "repetition", "outcome", "exit_code", "directory", "wall_ms"));
        head.addAll(grid.metrics());
        List<Object[]> rows = new ArrayList<>();
        for (SuiteRun run : suite.runs()) {
            List<Object> row = new ArrayList<>(List.of(run.scenario()));
            row.addAll(run.point());
            row.addAll(List.of(run.seed(), run.repetition(), run.state().word()));
            row.add(run.exitCode() == null ? "" : run.exitCode());
            row.add(run.directory() == null ? "" : run.directory());
            row.add(run.wallMs());
            Map<String, Double> metrics = results.metrics(run);
            for (String metric : grid.metrics()) {
                Double value = metrics.get(metric);
                row.add(value == null ? "" : value);
            }
            rows.add(row.toArray());
        }
        return CsvText.of(head, rows);
    }
}
