package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headline figures of a run, over its whole length. */
public final class HeadlineFigures {

    private static final List<Metric> SAID = List.of(
            Metric.DROPS,
            Metric.IDENTITY_EXCHANGES,
            Metric.IDENTITY_TIMEOUTS,
            Metric.IDENTITY_LATENCY,
            Metric.UPLOAD_STARTED,
            Metric.UPLOAD_SUCCEEDED,
            Metric.UPLOAD_FAILED,
            Metric.UPLOAD_LATENCY,
            Metric.REQUEST_TIMEOUTS,
            Metric.LOCK_UTILISATION,
            Metric.REGISTRATION_LATENCY,
            Metric.HOST_CPU);

    private HeadlineFigures() {}

    public static Map<String, Double> of(MetricSet metrics, double seconds, long events) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Metric metric : SAID) {
            for (String stat : metric.isCounter() ? List.of("count") : List.of("mean", "p50", "p95", "max")) {
                double value = metrics.overRun(metric, Map.of(), stat, seconds);
                if (Double.isFinite(value)) figures.put(metric.id() + "." + stat, value);
            }
        }
        long delivered = metrics.total(Metric.DELIVERED);
        figures.put("engine.events", (double) events);
        if (delivered > 0) figures.put("engine.events-per-message", (double) events / delivered);
        return figures;
    }
}
