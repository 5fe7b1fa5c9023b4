package dev.kilonode.reports.forecast;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.statistics.descriptive.Median;

/** Utilisation of resources over the windows of a run. */
public final class Saturation {

    /** Utilisation from which a resource counts as saturated: queues in front of it grow without bound. */
    public static final double FULL = 0.9;

    /** Number of windows at the end that are averaged. */
    private static final int LAST = 3;

    /** Number of consecutive windows that saturation takes, so that a single outlier does not count. */
    private static final int ROW = 2;

    private final RunData data;
    private final NetworkCapacity capacity;

    private Saturation(RunData data, NetworkCapacity capacity) {
        this.data = data;
        this.capacity = capacity;
    }

    /** All resources for which the run has data, in the order of {@link Resource}. */
    public static List<ResourceLoad> of(RunData data, NetworkCapacity capacity) {
        Saturation saturation = new Saturation(data, capacity);
        List<ResourceLoad> loads = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            TreeMap<Long, Double> windows = saturation.utilisation(resource);
            if (!windows.isEmpty()) loads.add(load(resource, windows));
        }
        return loads;
    }

    /** The resource that was saturated first; empty if none was. */
    public static Optional<ResourceLoad> first(List<ResourceLoad> loads) {
        return loads.stream()
                .filter(load -> load.saturatedAtMs() != null)
                .min(Comparator.comparingLong(load -> Objects.requireNonNull(load.saturatedAtMs())));
    }

    /** The resource with the highest utilisation at the end. */
    public static Optional<ResourceLoad> nearest(List<ResourceLoad> loads) {
        return loads.stream().max(Comparator.comparingDouble(ResourceLoad::atEnd));
    }

    private static ResourceLoad load(Resource resource, TreeMap<Long, Double> windows) {
        double[] values =
                windows.values().stream().mapToDouble(Double::doubleValue).toArray();
        Long since = null;
        Long begun = null;
        int row = 0;
        for (Map.Entry<Long, Double> window : windows.entrySet()) {
            row = window.getValue() >= FULL ? row + 1 : 0;
            if (row == 1) begun = window.getKey();
            if (row == ROW) {
                since = begun;
                break;
            }
        }
        int quarter = Math.max(1, values.length / 4);
        return new ResourceLoad(
                resource,
                Median.withDefaults().evaluate(Arrays.copyOf(values, quarter)),
                Median.withDefaults()
                        .evaluate(Arrays.copyOfRange(values, Math.max(0, values.length - LAST), values.length)),
                since);
    }

    /** Utilisation by start of the window. */
    private TreeMap<Long, Double> utilisation(Resource resource) {
        return switch (resource) {
            case PEER_MAP_LOCK -> one(Metric.LOCK_UTILISATION.id(), "lock=peers", "p95");
            case ENDPOINT_LOCK -> perConsumer(Metric.REGISTRATION_LATENCY.id());
            case SHARD_CONSUMERS ->
                joined(
                        perConsumer(Metric.SHARD_RESIDENCE.id()),
                        waiting(),
                        (there, waiting) -> within(there - waiting));
            case PROCESSORS -> one(Metric.HOST_CPU.id(), "", "p95");
            case LINKS ->
                joined(
                        scaled(one(Metric.HOST_UP.id(), "", "p95"), capacity.upBytesPerSecond()),
                        scaled(one(Metric.HOST_DOWN.id(), "", "p95"), capacity.downBytesPerSecond()),
                        Math::max);
        };
    }

    private TreeMap<Long, Double> one(String metric, String labels, String stat) {
        TreeMap<Long, Double> windows = new TreeMap<>();
        MetricSeries series = data.series(metric, labels, stat);
        for (int i = 0; series != null && i < series.size(); i++) windows.put(series.startMs(i), series.value(i));
        return windows;
    }

    /** Average number of operations in progress (rate times duration, by Little's law) per consumer. */
    private TreeMap<Long, Double> perConsumer(String metric) {
        TreeMap<Long, Double> lengths = new TreeMap<>();
        MetricSeries count = data.series(metric, "", "count");
        for (int i = 0; count != null && i < count.size(); i++)
            lengths.put(count.startMs(i), (double) (count.endMs(i) - count.startMs(i)));
        TreeMap<Long, Double> busyMs = joined(one(metric, "", "count"), one(metric, "", "mean"), (n, ms) -> n * ms);
        return joined(busyMs, lengths, (busy, length) -> busy / Math.max(1, length * capacity.consumers()));
    }

    /** Average queue length of a shard, over all shards. */
    private TreeMap<Long, Double> waiting() {
        TreeMap<Long, Double> sums = new TreeMap<>();
        List<MetricSeries> shards = data.all(Metric.SHARD_DEPTH.id(), "mean");
        for (MetricSeries shard : shards) {
            for (int i = 0; i < shard.size(); i++)
                sums.merge(shard.startMs(i), shard.value(i) / shards.size(), Double::sum);
        }
        return sums;
    }

    /**
     * Clamps to [0, 1]. Depths are sampled, and only residence times include messages of clients, so the difference may leave the range
     * slightly.
     */
    private static double within(double share) {
        return Math.max(0, Math.min(1, share));
    }

    private static TreeMap<Long, Double> scaled(TreeMap<Long, Double> windows, double whole) {
        windows.replaceAll((start, value) -> value / whole);
        return windows;
    }

    private static TreeMap<Long, Double> joined(
            TreeMap<Long, Double> one, TreeMap<Long, Double> other, DoubleBinaryOperator with) {
        TreeMap<Long, Double> joined = new TreeMap<>();
        one.forEach((start, value) -> {
            Double second = other.get(start);
            if (second != null) joined.put(start, with.applyAsDouble(value, second));
        });
        return joined;
    }
}
