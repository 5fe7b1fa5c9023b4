package dev.kilonode.reports.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Groups of runs in memory. */
final class Groups {

    static final Platform HERE = new Platform("Linux 6.1 amd64", 2, "JVM 17");

    private Groups() {}

    /** Runs of seeds {@code from} and up with the values that {@code values} gives for a seed. */
    static RunGroup of(String clock, long from, int runs, LongFunction<Map<String, Double>> values) {
        var samples = new ArrayList<Sample>();
        for (long seed = from; seed < from + runs; seed++) {
            samples.add(new Sample("run-" + seed, null, seed, "2026-01-01T00:00:00Z", "0.1.0", "", values.apply(seed)));
        }
        var settings = new Settings(new TreeMap<>(Map.of("transport.registry", "scoped-locks")));
        return new RunGroup("runs", "smoke", settings.hash(), settings, clock, HERE, samples, List.of(), 0);
    }

    static RunGroup virtual(int runs, LongFunction<Map<String, Double>> values) {
        return of("virtual", 1, runs, values);
    }

    static RunGroup wall(int runs, LongFunction<Map<String, Double>> values) {
        return of("wall", 1, runs, values);
    }

    /** The same runs, computed with a model. */
    static RunGroup model(int model, RunGroup g) {
        return new RunGroup(
                g.label(),
                g.scenario(),
                g.hash(),
                g.settings(),
                model,
                g.clock(),
                g.jvms(),
                g.platform(),
                g.samples(),
                g.leftOut(),
                g.lost(),
                g.damaged());
    }

    /** The outcomes of a run: two latencies, three ratios. */
    static Map<String, Double> outcomes(double latencyMs, double failed, double drops, double timeouts) {
        var values = new LinkedHashMap<String, Double>();
        values.put("upload.latency.p50", latencyMs);
        values.put("upload.latency.p95", latencyMs * 1.3);
        values.put("upload.failed.ratio", failed);
        values.put("transport.drops.ratio", drops);
        values.put("identity.timeouts.ratio", timeouts);
        return values;
    }

    static Comparison compare(RunGroup base, RunGroup fresh) {
        return Comparer.compare(base, fresh, new Comparer.Options(0.1, List.of(), false));
    }

    static Effect effect(Comparison comparison, String id) {
        return comparison.effects().stream()
                .filter(e -> e.measure().id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
