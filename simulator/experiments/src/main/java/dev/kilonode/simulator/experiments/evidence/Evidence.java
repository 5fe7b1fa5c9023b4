package dev.kilonode.simulator.experiments.evidence;

import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.simulator.run.harness.RecordedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares runs with published targets. Each run is read once, however many targets refer to it. */
public final class Evidence {

    /** The results for one target: a value per seed. */
    record Found(Target target, int nodes, TreeMap<Long, Double> bySeed) {}

    private static final double MILLIS = 1000;

    private final List<Target> targets;
    /** By scenario and number of nodes. */
    private final Map<String, TreeMap<Integer, TreeMap<Long, Path>>> runs = new TreeMap<>();

    private final Map<Path, RecordedRun> read = new TreeMap<>();
    private final Map<Path, RunData> data = new TreeMap<>();

    private Evidence(List<Target> targets) {
        this.targets = targets;
    }

    /** @throws IllegalArgumentException if the file is wrong; the message says where, and what to write */
    public static Evidence of(Path targets) throws IOException {
        return new Evidence(TargetsFile.read(targets));
    }

    /** Adds a run; it replaces an earlier one with the same scenario, number of nodes and seed. */
    public void add(String scenario, long seed, Path directory) throws IOException {
        runs.computeIfAbsent(scenario, name -> new TreeMap<>())
                .computeIfAbsent(nodes(directory), size -> new TreeMap<>())
                .put(seed, directory);
    }

    /**
     * Results in the order of the file, small networks before large ones; a result without seeds if there is no run. Seeds without data
     * are left out.
     */
    List<Found> found() throws IOException {
        List<Found> all = new ArrayList<>();
        for (Target target : targets) {
            TreeMap<Integer, TreeMap<Long, Path>> sizes = runs.get(target.scenario());
            if (sizes == null) {
                all.add(new Found(target, 0, new TreeMap<>()));
                continue;
            }
            for (Map.Entry<Integer, TreeMap<Long, Path>> size : sizes.entrySet()) {
                TreeMap<Long, Double> bySeed = new TreeMap<>();
                for (Map.Entry<Long, Path> run : size.getValue().entrySet()) {
                    double value = value(target, run.getKey(), run.getValue());
                    if (Double.isFinite(value)) bySeed.put(run.getKey(), value);
                }
                all.add(new Found(target, size.getKey(), bySeed));
            }
        }
        return all;
    }

    private int nodes(Path run) throws IOException {
        return data(run).manifest().nodes();
    }

    private double value(Target target, long seed, Path run) throws IOException {
        if (target.kind() == TargetKind.CHECKS) return passes(run) ? 1 : 0;
        double value = value(target, target.span(), run);
        TimeRange against = target.against();
        if (against != null) return value / value(target, against, run);
        if (!target.againstScenario().isEmpty()) {
            Path other = runs.getOrDefault(target.againstScenario(), new TreeMap<>())
                    .getOrDefault(nodes(run), new TreeMap<>())
                    .get(seed);
            return other == null ? Double.NaN : value / value(target, target.span(), other);
        }
        return value;
    }

    private double value(Target target, TimeRange span, Path directory) throws IOException {
        RunData of = data(directory);
        long duration = of.manifest().plannedMs();
        Metric metric = Metric.byId(target.metric()).orElseThrow();
        double value = recorded(directory)
                .over(metric, target.where(), span.fromMs(duration), span.toMs(duration))
                .value(target.stat());
        if (target.kind() == TargetKind.SECONDS) value /= MILLIS;
        int nodes = Math.max(1, of.manifest().nodes());
        return switch (target.per()) {
            case "node" -> value / nodes;
            case "1000-nodes" -> value * 1000 / nodes;
            default -> value;
        };
    }

    private boolean passes(Path run) throws IOException {
        Summary summary = data(run).summary();
        return summary != null
                && summary.checks().stream()
                        .filter(check -> check.severity().equals("fail"))
                        .allMatch(check -> check.status() == CheckResult.Status.PASS);
    }

    private RunData data(Path run) throws IOException {
        RunData known = data.get(run);
        if (known == null) data.put(run, known = RunData.read(run));
        return known;
    }

    private RecordedRun recorded(Path run) throws IOException {
        RecordedRun known = read.get(run);
        if (known == null) read.put(run, known = RecordedRun.of(data(run)));
        return known;
    }
}
