package dev.kilonode.reports.compare;

import java.util.List;
import java.util.Locale;

/**
 * What came of comparing two sides.
 *
 * @param base        what was
 * @param fresh       what is new
 * @param paired      whether runs of one seed were compared with each other
 * @param pairs       number of such pairs; 0 if not paired
 * @param limit       least change that counts, as a share of the base's median
 * @param effects     measure by measure: outcomes, causes, context
 * @param differences settings that differ, a line each; empty if none do
 * @param notes       what a reader must know before trusting it
 * @param gates       whether a gate may close on it; false for wall clocks of different machines
 * @param outcome     what it comes to
 * @param words       the same in a sentence
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

    /** A p at most this large counts: the chance of any alarm at all when nothing has changed. */
    public static final double LEVEL = 0.05;

    /** Of {@link #LEVEL}, what the outcomes get; the causes get the rest. With it five runs a side suffice for all outcomes. */
    static final double OUTCOMES_SHARE = 0.8;

    /** With fewer runs a side nothing is tested. */
    public static final int FEWEST = 4;

    /** What a comparison comes to. */
    public enum Conclusion {
        /** Something got worse, surely and by at least the limit. */
        WORSE,
        /** Nothing did. */
        NOT_WORSE,
        /** Too little data to say. */
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

    /** The effects of one tier. */
    public List<Effect> of(Measure.Tier tier) {
        return effects.stream().filter(e -> e.measure().tier() == tier).toList();
    }

    /** How the numbers came about, in a sentence. */
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
