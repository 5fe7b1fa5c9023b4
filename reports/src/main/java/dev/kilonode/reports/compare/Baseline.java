package dev.kilonode.reports.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of some runs, stored for comparison with later runs: a small file, meant to be committed. All lists are in the order of
 * {@code seeds}.
 *
 * @param name name of the baseline, the file's name without extension
 * @param scenario name of the scenario
 * @param hash hash of its settings
 * @param model version of the model; 0 in files from before it existed
 * @param clock {@code virtual} or {@code wall}
 * @param jvms processes that ran the nodes of a run
 * @param tool version of Kilonode that ran them
 * @param build its build; empty if unknown
 * @param recorded start of the newest run, UTC
 * @param platform platform of the runs
 * @param seeds seeds of the runs
 * @param digests digests of the runs; empty strings on the wall clock
 * @param metrics values by metric; null where a run has none
 */
public record Baseline(
        String name,
        String scenario,
        String hash,
        int model,
        String clock,
        int jvms,
        String tool,
        String build,
        String recorded,
        Platform platform,
        List<Long> seeds,
        List<String> digests,
        Map<String, List<@Nullable Double>> metrics) {

    /** Version of the file's layout. */
    public static final int SCHEMA = 1;

    /** Metrics of the simulator itself, which are not stored. */
    private static final String ENGINE = "engine.";

    public Baseline {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** The baseline of a group of runs. */
    public static Baseline of(String name, RunGroup group) {
        var ids = new TreeSet<String>();
        group.samples().forEach(s -> ids.addAll(s.values().keySet()));
        ids.removeIf(id -> id.startsWith(ENGINE));
        var metrics = new LinkedHashMap<String, List<@Nullable Double>>();
        for (String id : ids) {
            List<@Nullable Double> values = new ArrayList<>();
            group.samples().forEach(s -> values.add(s.values().get(id)));
            metrics.put(id, values);
        }
        Sample newest = group.samples().stream()
                .max(java.util.Comparator.comparing(Sample::started))
                .orElseThrow();
        return new Baseline(
                name,
                group.scenario(),
                group.hash(),
                group.model(),
                group.clock(),
                group.jvms(),
                newest.tool(),
                newest.build(),
                newest.startedAt(),
                group.platform(),
                group.samples().stream().map(Sample::seed).toList(),
                group.samples().stream().map(Sample::digest).toList(),
                metrics);
    }

    /** The baseline as a group of runs, for comparison. */
    public RunGroup group(String label) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < seeds.size(); i++) {
            var values = new LinkedHashMap<String, Double>();
            for (var entry : metrics.entrySet()) {
                Double value = entry.getValue().get(i);
                if (value != null) {
                    values.put(entry.getKey(), value);
                }
            }
            samples.add(new Sample(
                    name + "[" + i + "]", null, seeds.get(i), recorded, tool, build, digests.get(i), values));
        }
        return new RunGroup(label, scenario, hash, null, model, clock, jvms, platform, samples, List.of(), 0, 0);
    }
}
