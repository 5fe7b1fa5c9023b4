package dev.kilonode.reports.forecast;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Series;
import dev.kilonode.reports.statistics.Medians;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** Utilisation of resources over the windows of a run. */
public final class Saturation {

    /** From here on a resource counts as saturated: queues before it grow without measure. */
    public static final double FULL = 0.9;

    /** Windows that make up "now". */
    private static final int LAST = 3;

    /** Windows in a row that it takes, so that a blip is none. */
    private static final int ROW = 2;

    private final RunData data;
    private final Capacity capacity;

    private Saturation(RunData data, Capacity capacity) {
        this.data = data;
        this.capacity = capacity;
    }

    /** All resources of which the run has data, in the order of {@link Resource}. */
    public static List<Load> of(RunData data, Capacity capacity) {
        Saturation saturation = new Saturation(data, capacity);
        List<Load> loads = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            TreeMap<Long, Double> windows = saturation.utilisation(resource);
            if (!windows.isEmpty()) loads.add(load(resource, windows));
        }
        return loads;
    }

    /** The one that was saturated first; empty if none was. */
    public static Optional<Load> first(List<Load> loads) {
        return loads.stream()
                .filter(load -> load.saturatedAtMs() != null)
                .min(Comparator.comparingLong(load -> Objects.requireNonNull(load.saturatedAtMs())));
    }

    /** The one that was used most at the end. */
    public static Optional<Load> nearest(List<Load> loads) {
        return loads.stream().max(Comparator.comparingDouble(Load::atEnd));
    }

    private static Load load(Resource resource, TreeMap<Long, Double> windows) {
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
        return new Load(
                resource,
                Medians.of(Arrays.copyOf(values, quarter)),
                Medians.of(Arrays.copyOfRange(values, Math.max(0, values.length - LAST), values.length)),
                since);
    }

    /** By start of the window. */
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
        Series series = data.series(metric, labels, stat);
        for (int i = 0; series != null && i < series.size(); i++) windows.put(series.startMs(i), series.value(i));
        return windows;
    }

    /** How many things are under way on average (their rate times the time each takes), for each consumer that could have one. */
    private TreeMap<Long, Double> perConsumer(String metric) {
        TreeMap<Long, Double> lengths = new TreeMap<>();
        Series count = data.series(metric, "", "count");
        for (int i = 0; count != null && i < count.size(); i++)
            lengths.put(count.startMs(i), (double) (count.endMs(i) - count.startMs(i)));
        TreeMap<Long, Double> busyMs = joined(one(metric, "", "count"), one(metric, "", "mean"), (n, ms) -> n * ms);
        return joined(busyMs, lengths, (busy, length) -> busy / Math.max(1, length * capacity.consumers()));
    }

    /** Messages in the queue of one shard, over all shards. */
    private TreeMap<Long, Double> waiting() {
        TreeMap<Long, Double> sums = new TreeMap<>();
        List<Series> shards = data.all(Metric.SHARD_DEPTH.id(), "mean");
        for (Series shard : shards) {
            for (int i = 0; i < shard.size(); i++)
                sums.merge(shard.startMs(i), shard.value(i) / shards.size(), Double::sum);
        }
        return sums;
    }

    /** Depths are sampled, and clients' messages are in the residence only: the difference may leave its bounds a little. */
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
