package dev.kilonode.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The labels of one series: names and values, sorted by name. */
public record Labels(Map<String, String> values) {

    /** In a run over several processes: the number of the worker, from 0, for metrics {@linkplain Metric#isOfWorker of a worker}. */
    public static final String WORKER = "worker";

    public static final Labels NONE = new Labels(Map.of());

    public Labels {
        values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public static Labels of(String name, String value) {
        return new Labels(Map.of(name, value));
    }

    public Labels and(String name, String value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new Labels(more);
    }

    /** Whether all {@code wanted} labels have the given values. */
    public boolean match(Map<String, String> wanted) {
        return wanted.entrySet().stream().allMatch(entry -> entry.getValue().equals(values.get(entry.getKey())));
    }

    /** As in {@code windows.csv}: {@code cause=shard-full;shard=3}. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(";"));
    }
}
