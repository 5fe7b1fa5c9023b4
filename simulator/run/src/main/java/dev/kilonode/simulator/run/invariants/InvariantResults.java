package dev.kilonode.simulator.run.invariants;

import dev.kilonode.reports.model.Format;
import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.simulator.scenario.Invariant;
import dev.kilonode.simulator.scenario.InvariantMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The violations of a run, by invariant, and the result of the built-in check {@code invariants}. Of a recorded run they are read from its
 * events.
 */
public final class InvariantResults {

    /** Name of the built-in check. */
    public static final String ID = "invariants";

    /** As declared; one that this version does not know comes last. */
    private static final Comparator<String> BY_ORDER =
            Comparator.comparingInt(InvariantResults::order).thenComparing(Comparator.naturalOrder());

    private static int order(String label) {
        List<String> labels =
                Arrays.stream(Invariant.values()).map(Invariant::label).toList();
        int index = labels.indexOf(label);
        return index < 0 ? labels.size() : index;
    }

    private static final class Violated {
        long count;
        long firstMs = Long.MAX_VALUE;
        String words = "";
    }

    private final Map<String, Violated> byInvariant = new TreeMap<>(BY_ORDER);

    /** The violations that a run has written to its events. */
    public static InvariantResults of(List<EventRow> events) {
        InvariantResults results = new InvariantResults();
        for (EventRow event : events) {
            if (event.type() != EventRow.Type.INVARIANT) continue;
            int count = event.details().get("subjects") instanceof List<?> subjects ? subjects.size() : 1;
            results.add(
                    event.name(),
                    event.timeMs(),
                    count,
                    String.valueOf(event.details().getOrDefault("what", "")));
        }
        return results;
    }

    void add(Violation violation) {
        add(
                violation.invariant().label(),
                violation.atMs(),
                violation.subjects().size(),
                violation.words());
    }

    private void add(String invariant, long atMs, long count, String words) {
        Violated violated = byInvariant.computeIfAbsent(invariant, unused -> new Violated());
        violated.count += count;
        if (atMs >= violated.firstMs) return;
        violated.firstMs = atMs;
        violated.words = words;
    }

    long count() {
        return byInvariant.values().stream()
                .mapToLong(violated -> violated.count)
                .sum();
    }

    /**
     * The result of the built-in check; empty if there is nothing to tell beside the health of the run.
     *
     * @param unwatched invariants that could not be watched
     * @param exempt invariants that the scenario exempts
     * @param cutShort why the run ended early; empty if it did not
     */
    public Optional<CheckResult> check(
            InvariantMode mode, List<Invariant> unwatched, List<Invariant> exempt, String cutShort) {
        long count = count();
        boolean strict = mode == InvariantMode.STRICT;
        if (mode == InvariantMode.OFF || !strict && count == 0) return Optional.empty();
        boolean blind = count == 0 && (!unwatched.isEmpty() || !cutShort.isEmpty());
        Status status = count > 0 ? strict ? Status.FAIL : Status.WARN : blind ? Status.INCONCLUSIVE : Status.PASS;
        Long first = byInvariant.values().stream()
                .map(violated -> violated.firstMs)
                .min(Long::compare)
                .orElse(null);
        return Optional.of(new CheckResult(
                ID,
                CheckResult.INVARIANTS,
                "count",
                "<=",
                0,
                status,
                blind ? null : (double) count,
                first,
                "what holds in every correct node, see docs/invariants.md",
                1,
                "",
                "run",
                strict ? "fail" : "warn",
                (blind ? doubt(unwatched) : words()) + exempt(count, exempt),
                null));
    }

    private static String exempt(long count, List<Invariant> exempt) {
        return exempt.isEmpty() ? "" : (count > 0 ? "; " : "") + "exempt: " + labels(exempt);
    }

    private static String doubt(List<Invariant> unwatched) {
        return unwatched.isEmpty()
                ? "they held until the run was cut short"
                : "the registry design cannot be enumerated, so that nothing is known of " + labels(unwatched);
    }

    /** All violated invariants, each with its number, and the first violation; empty if none is violated. */
    private String words() {
        List<String> parts = new ArrayList<>();
        Violated first = null;
        for (Map.Entry<String, Violated> entry : byInvariant.entrySet()) {
            Violated violated = entry.getValue();
            parts.add(entry.getKey() + " " + violated.count);
            if (first == null || violated.firstMs < first.firstMs) first = violated;
        }
        return first == null
                ? ""
                : "first at " + Format.time(first.firstMs) + ", " + first.words + "; in all: "
                        + String.join(", ", parts);
    }

    static String labels(List<Invariant> invariants) {
        return String.join(", ", invariants.stream().map(Invariant::label).toList());
    }
}
