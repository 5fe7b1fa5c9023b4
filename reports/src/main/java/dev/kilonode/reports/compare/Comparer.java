package dev.kilonode.reports.compare;

import dev.kilonode.reports.compare.Comparison.Conclusion;
import dev.kilonode.reports.compare.Measure.Tier;
import dev.kilonode.reports.statistics.Holm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares two groups of runs. The result is deterministic. */
public final class Comparer {

    private static final int MOST_DIFFERENCES = 5;

    /**
     * Options of a comparison.
     *
     * @param limit smallest relevant change, relative to the base's median, at least 0
     * @param measures ids of the metrics to judge; empty: {@link Measure#JUDGED}
     * @param differentScenarios whether groups with different settings may be compared
     */
    public record Options(double limit, List<String> measures, boolean differentScenarios) {
        public Options {
            measures = List.copyOf(measures);
        }
    }

    private final RunGroup base;
    private final RunGroup fresh;
    private final Options options;
    private final Pairing pairing;
    private final List<String> notes = new ArrayList<>();

    private Comparer(RunGroup base, RunGroup fresh, Options options) {
        this.base = base;
        this.fresh = fresh;
        this.options = options;
        this.pairing = Pairing.of(base, fresh);
    }

    /** @throws ComparisonException if the groups must not be compared; the message says why and what to do */
    public static Comparison compare(RunGroup base, RunGroup fresh, Options options) {
        return new Comparer(base, fresh, options).compare();
    }

    private Comparison compare() {
        List<String> differences = refuseOrDifferences();
        List<Effect> effects = corrected(
                measures().stream().map(m -> MeasureComparison.of(m, pairing)).toList());
        note(differences);
        boolean otherMachine = !base.virtual() && !base.platform().equals(fresh.platform());
        if (otherMachine) {
            notes.add("Wall time on different machines, differences are only warnings: BASE on "
                    + base.platform().words() + ", NEW on " + fresh.platform().words());
        }
        List<String> reasons = doubts();
        boolean worse = reasons.isEmpty() && effects.stream().anyMatch(e -> e.finding() == Finding.WORSE);
        reasons.addAll(insufficient(effects));
        Conclusion conclusion =
                worse ? Conclusion.WORSE : reasons.isEmpty() ? Conclusion.NOT_WORSE : Conclusion.INSUFFICIENT;
        return new Comparison(
                base,
                fresh,
                pairing.paired(),
                pairing.paired() ? pairing.base().size() : 0,
                options.limit(),
                effects,
                differences,
                notes,
                !otherMachine,
                conclusion,
                words(conclusion, effects, reasons));
    }

    private List<String> refuseOrDifferences() {
        if (!base.clock().equals(fresh.clock())) {
            throw new ComparisonException("BASE ran in " + base.clock() + " time, NEW in " + fresh.clock()
                    + " time: the numbers are not comparable; compare runs of the same clock");
        }
        if (base.jvms() != fresh.jvms()) {
            throw new ComparisonException("BASE ran in " + base.jvmWords() + ", NEW in " + fresh.jvmWords()
                    + ": the numbers are not comparable; compare runs of the same number of JVMs");
        }
        boolean otherModel = base.model() != fresh.model();
        if (base.hash().equals(fresh.hash())) {
            return otherModel ? List.of(modelDifference()) : List.of();
        }
        Settings was = base.settings();
        Settings is = fresh.settings();
        var differences = new ArrayList<>(
                was == null || is == null
                        ? List.of("settings hash: " + base.hash() + " -> " + fresh.hash()
                                + " (which settings differ is not known)")
                        : was.differences(is));
        if (otherModel) {
            differences.add(0, modelDifference());
        }
        // with another model the hash may differ for equal settings, because defaults are not part of it
        boolean another = !otherModel || !base.scenario().equals(fresh.scenario());
        if (another && !options.differentScenarios()) {
            throw new ComparisonException("BASE and NEW ran different scenarios: " + firstOf(differences)
                    + "; write --allow-different-scenarios to compare them anyway");
        }
        return differences;
    }

    private String modelDifference() {
        return "model: " + base.model() + " -> " + fresh.model();
    }

    private List<Measure> measures() {
        Set<String> known = new LinkedHashSet<>();
        Measure.JUDGED.forEach(m -> known.add(m.id()));
        Set<String> had = new TreeSet<>();
        base.samples().forEach(s -> had.addAll(s.values().keySet()));
        fresh.samples().forEach(s -> had.addAll(s.values().keySet()));
        known.addAll(had);
        for (String wanted : options.measures()) {
            if (!had.contains(wanted)) {
                throw new ComparisonException(
                        "no run has the metric " + wanted + "; there are: " + String.join(" ", had));
            }
        }
        return known.stream()
                .filter(id -> had.contains(id) || Measure.of(id).tier() == Tier.OUTCOME)
                .map(Measure::of)
                .map(m -> options.measures().isEmpty()
                        ? m
                        : options.measures().contains(m.id())
                                ? m.judged()
                                : new Measure(m.id(), m.label(), Tier.CONTEXT, m.less(), m.floor()))
                .sorted(java.util.Comparator.comparing(Measure::tier))
                .toList();
    }

    /** Applies Holm's correction within each tier. Metrics that are equal in every run do not count as tests. */
    private List<Effect> corrected(List<MeasureComparison> tests) {
        var p = new java.util.HashMap<Measure, Double>();
        var family = new java.util.EnumMap<Tier, Double>(Tier.class);
        for (Tier tier : Tier.values()) {
            List<MeasureComparison> varying = tests.stream()
                    .filter(t -> t.measure().tier() == tier && t.varies())
                    .toList();
            double share = !options.measures().isEmpty() || tier == Tier.CONTEXT
                    ? 1
                    : tier == Tier.OUTCOME ? Comparison.OUTCOMES_SHARE : 1 - Comparison.OUTCOMES_SHARE;
            double[] adjusted = Holm.adjust(
                    varying.stream().mapToDouble(MeasureComparison::p).toArray());
            for (int i = 0; i < adjusted.length; i++) {
                p.put(varying.get(i).measure(), Math.min(1, adjusted[i] / share));
            }
            family.put(tier, varying.size() / share);
        }
        return tests.stream()
                .map(t -> t.effect(
                        p.getOrDefault(t.measure(), 1.0),
                        Objects.requireNonNull(family.get(t.measure().tier())),
                        options.limit()))
                .toList();
    }

    private void note(List<String> differences) {
        if (!differences.isEmpty()) {
            notes.add("The sides differ in " + RunSearch.counted(differences.size(), "setting") + ": "
                    + firstOf(differences));
        }
        pairing.notes().forEach(notes::add);
        base.leftOut().forEach(reason -> notes.add("BASE is without: " + reason));
        fresh.leftOut().forEach(reason -> notes.add("NEW is without: " + reason));
        if (pairing.paired() && pairing.digestsEqual() > 0) {
            notes.add(
                    pairing.digestsEqual() == pairing.base().size()
                            ? "Every pair has equal digests: the two sides did exactly the same"
                            : pairing.digestsEqual() + " of " + pairing.base().size() + " pairs have equal digests");
        }
    }

    /** Reasons why the groups are not comparable, whatever their values. */
    private List<String> doubts() {
        var doubts = new ArrayList<String>();
        if (base.damaged() > 0) {
            doubts.add(RunSearch.counted(base.damaged(), "run") + " of BASE damaged");
        }
        if (fresh.damaged() > 0) {
            doubts.add(RunSearch.counted(fresh.damaged(), "run") + " of NEW damaged");
        }
        if (!options.differentScenarios() && base.model() != fresh.model()) {
            doubts.add(base.otherModel(fresh));
        }
        return doubts;
    }

    private List<String> insufficient(List<Effect> effects) {
        var reasons = new ArrayList<String>();
        int fewest = Math.min(pairing.base().size(), pairing.fresh().size());
        if (fewest < Comparison.FEWEST) {
            reasons.add(
                    pairing.paired()
                            ? RunSearch.counted(fewest, "pair") + " of runs, at least " + Comparison.FEWEST
                                    + " are needed"
                            : RunSearch.counted(base.samples().size(), "run") + " in BASE and "
                                    + fresh.samples().size() + " in NEW, at least " + Comparison.FEWEST
                                    + " a side are needed");
        } else {
            effects.stream()
                    .filter(e -> e.measure().tier() == Tier.OUTCOME)
                    .filter(e -> e.finding() == Finding.UNTESTED || e.finding() == Finding.MISSING)
                    .forEach(e -> reasons.add(e.measure().label() + ": " + e.words()));
        }
        if (fresh.lost() > 0) {
            reasons.add(RunSearch.counted(fresh.lost(), "run") + " of NEW did not get to the end");
        }
        return reasons;
    }

    private static String words(Conclusion conclusion, List<Effect> effects, List<String> reasons) {
        String better = named(effects, Finding.BETTER);
        return switch (conclusion) {
            case WORSE -> "worse: " + named(effects, Finding.WORSE) + (better.isEmpty() ? "" : "; better: " + better);
            case INSUFFICIENT -> "insufficient: " + String.join("; ", reasons);
            case NOT_WORSE ->
                (effects.stream().allMatch(e -> e.finding() == Finding.EQUAL || e.finding() == Finding.SHOWN)
                                ? "nothing changed"
                                : "nothing got worse by the limit")
                        + (better.isEmpty() ? "" : "; better: " + better);
        };
    }

    private static String named(List<Effect> effects, Finding finding) {
        return effects.stream()
                .filter(e -> e.finding() == finding)
                .map(e -> e.measure().label() + " " + e.changeWords())
                .collect(Collectors.joining(", "));
    }

    private static String firstOf(List<String> differences) {
        String some = differences.stream().limit(MOST_DIFFERENCES).collect(Collectors.joining(", "));
        int more = differences.size() - MOST_DIFFERENCES;
        return more > 0 ? some + " and " + more + " more" : some;
    }
}
