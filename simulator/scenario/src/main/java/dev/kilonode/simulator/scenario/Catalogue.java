package dev.kilonode.simulator.scenario;

import dev.kilonode.simulator.metrics.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The metrics of a run, in the form that the scenario's checks need. */
public final class Catalogue implements MetricCatalogue {

    private static final List<MetricShape> SHAPES =
            Arrays.stream(Metric.values()).map(Catalogue::shape).toList();

    @Override
    public List<MetricShape> metrics() {
        return SHAPES;
    }

    public static MetricShape shape(Metric metric) {
        Set<String> labels =
                metric.labels().isEmpty() ? Set.of() : Set.of(metric.labels().split(", "));
        Metric whole = metric.whole();
        return new MetricShape(metric.id(), kind(metric), unit(metric), labels, whole == null ? "" : whole.meaning());
    }

    private static MetricShape.Kind kind(Metric metric) {
        if (metric.isCounter()) return MetricShape.Kind.COUNTER;
        return unit(metric) == MetricShape.Unit.MILLIS ? MetricShape.Kind.LATENCY : MetricShape.Kind.GAUGE;
    }

    private static MetricShape.Unit unit(Metric metric) {
        return switch (metric.unit()) {
            case MILLISECONDS -> MetricShape.Unit.MILLIS;
            case RATIO -> MetricShape.Unit.RATIO;
            case BYTES, BYTES_PER_SECOND -> MetricShape.Unit.BYTES;
            case COUNT, TIMES -> MetricShape.Unit.NUMBER;
        };
    }
}
