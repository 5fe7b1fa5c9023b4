package dev.kilonode.simulator.metrics;

/** The catalogue as the page {@code docs/metrics.md}. */
public final class MetricsPage {

    private MetricsPage() {}

    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                What a run measures, as named in scenario checks and in `data/windows.csv`. Generated from the catalogue; do not edit.

                Counters have the statistics `count`, `rate` (per second) and, where the last column names a whole, `ratio` (share of it).
                Distributions have `count`, `min`, `mean`, `max`, `p50`, `p95` and `p99`. Latencies are in ms, ratios in [0, 1], bytes in bytes.

                `min`, `mean` and `max` are exact. Percentiles come from a histogram, are off by 1 % at most, and lie between `min` and `max`.
                The `ratio` of a window is at most 1, also where its events belong to what an earlier window counted.

                A trend smaller than the floor is never a failure, whatever it is in per cent: 1 ms for latencies, 0.01 for shares of time, 0.001
                for `ratio`, 0.01/s for `rate`, 1 for `count` and for levels, 1 kB/s for bytes.

                | metric | labels | unit | kind | meaning | ratio of |
                |---|---|---|---|---|---|
                """);
        for (Metric metric : Metric.values()) {
            Metric whole = metric.whole();
            page.append("| `%s` | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            metric.id(),
                            metric.labels(),
                            metric.unit().symbol(),
                            metric.isCounter() ? "counter" : "distribution",
                            metric.meaning(),
                            whole == null ? "" : "`" + whole.id() + "`"));
        }
        return page.toString();
    }
}
