package dev.kilonode.simulator.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Divides a run into load phases and calm time, in which trends are computed. Not calm are: the warm-up, until all nodes have joined and
 * all uploaders have started; phases whose load changes; faults; and a recovery time after a fault or a spike, as long as it lasted.
 */
public final class Timeline {

    /** From inclusive, to exclusive; ms since the start of the run. */
    public record Span(long fromMs, long toMs) {
        public boolean holds(long startMs, long endMs) {
            return startMs >= fromMs && endMs <= toMs;
        }
    }

    private final Map<String, Span> phases = new LinkedHashMap<>();

    /** Spans that are not calm and do not overlap: start to end. */
    private final TreeMap<Long, Long> troubled = new TreeMap<>();

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
        trouble(new Span(0, begun.toMillis()));
        long at = uploaders.startAfter().toMillis();
        for (Phase phase : scenario.workload().phases()) {
            Span span = new Span(at, at + phase.duration().toMillis());
            phases.putIfAbsent(phase.name(), span);
            if (phase.kind() == PhaseKind.RAMP) trouble(span);
            if (phase.kind() == PhaseKind.SPIKE) trouble(withRecovery(span.fromMs(), span.toMs()));
            at = span.toMs();
        }
        for (Fault fault : scenario.faults()) {
            long from = fault.at().toMillis();
            trouble(withRecovery(from, from + fault.occurrence().lasting().toMillis()));
        }
    }

    private static Span withRecovery(long fromMs, long toMs) {
        return new Span(fromMs, toMs + (toMs - fromMs));
    }

    /** The whole run, as planned. */
    public Span whole() {
        return new Span(0, durationMs);
    }

    /** The phase of that name; null if there is none. */
    public @Nullable Span phase(String name) {
        return phases.get(name);
    }

    /** Names of all phases. */
    Set<String> phases() {
        return phases.keySet();
    }

    /** Whether a window lies outside of warm-up, changes of load, and faults. */
    public boolean calm(long startMs, long endMs) {
        Map.Entry<Long, Long> last = troubled.lowerEntry(endMs);
        return last == null || last.getValue() <= startMs;
    }

    private void trouble(Span span) {
        if (span.toMs() <= span.fromMs()) return;
        long from = span.fromMs();
        long to = span.toMs();
        for (var met = troubled.floorEntry(to); met != null && met.getValue() >= from; met = troubled.floorEntry(to)) {
            from = Math.min(from, met.getKey());
            to = Math.max(to, met.getValue());
            troubled.remove(met.getKey());
        }
        troubled.put(from, to);
    }

    /** Number of whole windows within a span. */
    long windowsIn(Span span) {
        long first = (span.fromMs() + windowMs - 1) / windowMs;
        boolean toTheEnd = span.toMs() >= durationMs;
        long end = toTheEnd ? (durationMs + windowMs - 1) / windowMs : span.toMs() / windowMs;
        return Math.max(0, end - first);
    }

    /** Number of calm windows of the whole run. */
    long calmWindows() {
        long count = 0;
        long from = 0;
        for (Map.Entry<Long, Long> trouble : troubled.entrySet()) {
            if (trouble.getKey() > from) count += windowsIn(new Span(from, trouble.getKey()));
            from = trouble.getValue();
        }
        if (from < durationMs) count += windowsIn(new Span(from, durationMs));
        return count;
    }
}
