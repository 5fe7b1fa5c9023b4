package dev.kilonode.simulator.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which stretches of a run are which: phases of load, and the calm in which a trend can be told from what was done to the network on
 * purpose. Not calm are: the warm-up, until all nodes have joined and all uploaders have begun; phases whose load changes; faults; and as
 * long again after a fault or a spike as it lasted, to recover.
 */
public final class Timeline {

    /** From inclusive, to exclusive; ms since the start of the run. */
    public record Span(long fromMs, long toMs) {
        public boolean holds(long startMs, long endMs) {
            return startMs >= fromMs && endMs <= toMs;
        }

        boolean touches(long startMs, long endMs) {
            return startMs < toMs && endMs > fromMs;
        }
    }

    private final Map<String, Span> phases = new LinkedHashMap<>();
    private final List<Span> troubled = new ArrayList<>();
    private final long windowMs;
    private final long durationMs;

    public Timeline(Scenario scenario) {
        windowMs = scenario.metrics().window().toMillis();
        durationMs = scenario.duration().toMillis();
        Uploaders uploaders = scenario.workload().uploaders();
        Duration begun = scenario.nodes().joinOver();
        if (uploaders.count() > 0) {
            Duration all = uploaders.startAfter().plus(uploaders.startSpread());
            if (all.compareTo(begun) > 0) begun = all;
        }
        troubled.add(new Span(0, begun.toMillis()));
        long at = uploaders.startAfter().toMillis();
        for (Phase phase : scenario.workload().phases()) {
            Span span = new Span(at, at + phase.duration().toMillis());
            phases.putIfAbsent(phase.name(), span);
            if (phase.kind() == PhaseKind.RAMP) troubled.add(span);
            if (phase.kind() == PhaseKind.SPIKE) troubled.add(withRecovery(span.fromMs(), span.toMs()));
            at = span.toMs();
        }
        for (Fault fault : scenario.faults()) {
            long from = fault.at().toMillis();
            troubled.add(withRecovery(from, from + fault.lasting().toMillis()));
        }
    }

    private static Span withRecovery(long fromMs, long toMs) {
        return new Span(fromMs, toMs + (toMs - fromMs));
    }

    /** The whole run, as planned. */
    public Span whole() {
        return new Span(0, durationMs);
    }

    /** The phase of that name; null when there is none. */
    public @Nullable Span phase(String name) {
        return phases.get(name);
    }

    /** Whether a window lies outside of warm-up, changes of load, and faults. */
    public boolean calm(long startMs, long endMs) {
        return troubled.stream().noneMatch(span -> span.touches(startMs, endMs));
    }

    /** Whole windows within a span. */
    int windowsIn(Span span) {
        int count = 0;
        for (long start = 0; start < durationMs; start += windowMs) {
            if (span.holds(start, Math.min(start + windowMs, durationMs))) count++;
        }
        return count;
    }

    /** Windows of the whole run in which a trend can be told. */
    int calmWindows() {
        int count = 0;
        for (long start = 0; start < durationMs; start += windowMs) {
            if (calm(start, Math.min(start + windowMs, durationMs))) count++;
        }
        return count;
    }
}
