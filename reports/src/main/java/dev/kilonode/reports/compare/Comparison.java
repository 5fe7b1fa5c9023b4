package dev.kilonode.reports.compare;

import java.util.List;
import java.util.Locale;

/**
 * The result of comparing two groups of runs.
 *
 * @param base the base group
 * @param fresh the new group
 * @param paired whether runs of the same seed were compared with each other
 * @param pairs number of pairs; 0 if not paired
 * @param limit smallest relevant change, relative to the base's median
 * @param effects effects by metric: outcomes, causes, context
 * @param differences settings that differ, one per line; empty if none do
 * @param notes limits of the comparison that a reader must know
 * @param gates whether the result may fail a gate; false for wall clocks of different machines
 * @param conclusion the conclusion
 * @param words the conclusion in a sentence
 */
public record Comparison(
        RunGroup base,
        RunGroup fresh,
        boolean paired,
        int pairs,
        double limit,
        List<Effect> effects,
        List<String> differences,
        List<String> notes,
        boolean gates,
        Conclusion conclusion,
        String words) {

    /** Significance level: probability of any false alarm when nothing has changed. */
    public static final double LEVEL = 0.05;

    /** Share of {@link #LEVEL} for the outcomes; the causes get the rest. With it, five runs per side suffice to test all outcomes. */
    static final double OUTCOMES_SHARE = 0.8;

    /** Fewest runs per side that are tested. */
    public static final int FEWEST = 4;

    /** The conclusion of a comparison. */
    public enum Conclusion {
        /** A metric got significantly worse, by at least the limit. */
        WORSE,
        /** No metric did. */
        NOT_WORSE,
        /** Too few data for a conclusion. */
        INSUFFICIENT;

        /** The word in JSON, such as {@code not-worse}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Comparison {
        effects = List.copyOf(effects);
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /** The effects of a tier. */
    public List<Effect> of(Measure.Tier tier) {
        return effects.stream().filter(e -> e.measure().tier() == tier).toList();
    }

    /** The statistical method in a sentence. */
    public String method() {
        String limits = "; limit " + Effect.signedPercent(limit).substring(1) + "; p after Holm, alarm at " + LEVEL;
        return paired
                ? RunSearch.counted(pairs, "pair")
                        + " of runs, seed by seed; Wilcoxon signed-rank, Hodges-Lehmann shift" + limits
                : base.samples().size() + " against "
                        + RunSearch.counted(fresh.samples().size(), "run") + "; Mann-Whitney, Hodges-Lehmann shift"
                        + limits;
    }
}
