package dev.kilonode.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Generates the page {@code docs/metrics.md} from {@link Metric}. The page groups metrics by subject and keeps its own order of rows; the
 * enumeration has the order of files.
 */
public final class MetricsPage {

    private MetricsPage() {}

    /** @param present the current page; missing metrics are appended */
    public static String markdown(String present) {
        StringBuilder page = new StringBuilder("""
            # Metrics

            What a run measures, as named in scenario checks and in `data/windows.csv`. Generated from the catalogue; do not edit.

            Counters have the statistics `count`, `rate` (per second) and, where the last column names a whole, `ratio` (share of it).
            Distributions have `count`, `min`, `mean`, `max`, `p50`, `p95` and `p99`. Latencies are in ms, ratios in [0, 1], bytes in bytes.

            `min`, `mean` and `max` are exact. Percentiles come from a histogram, are off by 1 % at most, and lie between `min` and `max`.
            The `ratio` of a window is at most 1, also where its events belong to what an earlier window counted.

            A trend smaller than the floor is never a failure, whatever it is in per cent: 1 ms for latencies, 0.01 for shares of time, 0.001
            for `ratio`, 0.01/s for `rate`, 1 for `count` and for levels, 1 kB/s for bytes.

            In a run over several processes, `jvm.*` and `tester.*` also have the label `worker`: the number of the worker, from 0. A check on
            them is one check per worker, unless `where: {worker: 1}` selects one. All other metrics are of the whole network.

            | metric | labels | unit | kind | meaning | ratio of |
            |---|---|---|---|---|---|
            """);
        for (Metric metric : inOrderOf(present)) page.append(row(metric));
        return page.toString();
    }

    private static List<Metric> inOrderOf(String present) {
        List<Metric> metrics = new ArrayList<>(List.of(Metric.values()));
        metrics.sort(Comparator.comparingInt(metric -> {
            int at = present.indexOf(start(metric));
            return at < 0 ? Integer.MAX_VALUE : at;
        }));
        return metrics;
    }

    private static String start(Metric metric) {
        return "| `" + metric.id() + "` |";
    }

    private static String row(Metric metric) {
        Metric whole = metric.whole();
        return start(metric)
                + " %s | %s | %s | %s | %s |%n"
                        .formatted(
                                String.join(", ", metric.labels()),
                                metric.unit().symbol(),
                                metric.kind().name().toLowerCase(Locale.ROOT),
                                metric.help(),
                                whole == null ? "" : "`" + whole.id() + "`");
    }
}
