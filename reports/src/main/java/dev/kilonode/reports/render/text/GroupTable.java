package dev.kilonode.reports.render.text;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.compare.RunGroup;
import dev.kilonode.reports.compare.Sample;
import dev.kilonode.reports.model.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.statistics.descriptive.Median;

/** Groups of runs side by side: the median and range of each metric over the runs of a group. */
public final class GroupTable {

    /** Metrics that differ between designs, from what users notice to its causes. */
    private record Column(String title, String id, String metric, String stat) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("messages dropped", "transport.drops.ratio", Metric.DROPS.id(), "ratio"),
            new Column("identity time-outs", "identity.timeouts.ratio", Metric.IDENTITY_TIMEOUTS.id(), "ratio"),
            new Column("upload, median", "upload.latency.p50", Metric.UPLOAD_LATENCY.id(), "p50"),
            new Column("upload, p95", "upload.latency.p95", Metric.UPLOAD_LATENCY.id(), "p95"),
            new Column("uploads failed", "upload.failed.ratio", Metric.UPLOAD_FAILED.id(), "ratio"),
            new Column("peer-map lock, p95", "registry.lock.utilisation.p95", Metric.LOCK_UTILISATION.id(), "p95"),
            new Column("registration, mean", "registration.latency.mean", Metric.REGISTRATION_LATENCY.id(), "mean"),
            new Column("processors, mean", "host.cpu.mean", Metric.HOST_CPU.id(), "mean"));

    private GroupTable() {}

    /** Markdown, with a final line end. */
    public static String of(List<RunGroup> groups) {
        List<String> head = new ArrayList<>(List.of("scenario", "seeds"));
        COLUMNS.forEach(column -> head.add(column.title()));
        StringBuilder out = new StringBuilder();
        line(out, head);
        out.append("|").append("---|".repeat(head.size())).append('\n');
        for (RunGroup group : groups) {
            List<String> row = new ArrayList<>(List.of(
                    Markdown.cell(group.scenario()),
                    Integer.toString(group.samples().size())));
            COLUMNS.forEach(column -> row.add(cell(group, column)));
            line(out, row);
        }
        return out.toString();
    }

    private static String cell(RunGroup group, Column column) {
        double[] values = group.samples().stream()
                .map((Sample sample) -> sample.values().get(column.id()))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        if (values.length == 0) return "no data";
        String median = quantity(column, Median.withDefaults().withCopy(true).evaluate(values));
        return values.length == 1
                ? median
                : median + " (" + quantity(column, values[0]) + " to " + quantity(column, values[values.length - 1])
                        + ")";
    }

    private static String quantity(Column column, double value) {
        return Format.quantity(column.metric(), column.stat(), value);
    }

    private static void line(StringBuilder out, List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
