package dev.kilonode.reports.compare;

import dev.kilonode.reports.compare.Measure.Tier;
import dev.kilonode.reports.statistics.samples.CliffsDelta;
import dev.kilonode.reports.statistics.samples.MannWhitney;
import dev.kilonode.reports.statistics.samples.Shift;
import dev.kilonode.reports.statistics.samples.SignedRank;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/**
 * The values of one metric in both groups, and their test.
 *
 * @param base values of the base; if paired, those with a partner
 * @param fresh values of the new group, likewise
 * @param lacksBase number of base runs without a value
 * @param lacksNew number of new runs without a value
 */
record MeasureComparison(Measure measure, boolean paired, double[] base, double[] fresh, int lacksBase, int lacksNew) {

    private static final int MOST_RUNS = 1_000;

    static MeasureComparison of(Measure measure, Pairing pairing) {
        @Nullable Double[] was = values(measure, pairing.base());
        @Nullable Double[] is = values(measure, pairing.fresh());
        int lacksBase = (int) Arrays.stream(was).filter(Objects::isNull).count();
        int lacksNew = (int) Arrays.stream(is).filter(Objects::isNull).count();
        if (!pairing.paired()) {
            return new MeasureComparison(measure, false, present(was), present(is), lacksBase, lacksNew);
        }
        @Nullable Double[] wasToo = was.clone();
        @Nullable Double[] isToo = is.clone();
        for (int i = 0; i < was.length; i++) {
            if (was[i] == null || is[i] == null) {
                wasToo[i] = null;
                isToo[i] = null;
            }
        }
        return new MeasureComparison(measure, true, present(wasToo), present(isToo), lacksBase, lacksNew);
    }

    /** Whether the metric is judged and can be tested: enough values that are not all equal. */
    boolean varies() {
        return measure.tier() != Tier.CONTEXT
                && lacking().isEmpty()
                && Math.min(base.length, fresh.length) >= Comparison.FEWEST
                && !equal();
    }

    double p() {
        return paired
                ? SignedRank.test(differences()).p()
                : MannWhitney.test(base, fresh).p();
    }

    /**
     * @param adjusted p after correction
     * @param family number of tests in the correction, weighted by their tier's share
     * @param limit smallest relevant change, relative to the base's median
     */
    Effect effect(double adjusted, double family, double limit) {
        Shift shift = base.length == 0 || fresh.length == 0
                ? null
                : paired ? Shift.of(differences()) : Shift.between(base, fresh);
        Effect plain = new Effect(
                measure,
                base,
                fresh,
                lacksBase,
                lacksNew,
                shift,
                null,
                null,
                shift == null ? null : CliffsDelta.of(base, fresh),
                Finding.SHOWN,
                "");
        if (measure.tier() == Tier.CONTEXT) {
            return plain;
        }
        String lacking = lacking();
        if (!lacking.isEmpty()) {
            return found(plain, null, null, Finding.MISSING, lacking);
        }
        if (equal()) {
            return found(plain, null, null, Finding.EQUAL, paired ? "equal in every pair" : "equal in every run");
        }
        if (Math.min(base.length, fresh.length) < Comparison.FEWEST) {
            return found(plain, null, null, Finding.UNTESTED, "too few runs to test");
        }
        if (least(base.length, fresh.length) * family > Comparison.LEVEL) {
            int needed = Math.max(base.length, fresh.length);
            while (least(needed, needed) * family > Comparison.LEVEL && needed < MOST_RUNS) {
                needed++;
            }
            String words = "too few runs for a significant result; " + needed + (paired ? " pairs" : " a side")
                    + " are enough";
            return found(plain, p(), adjusted, Finding.UNTESTED, words);
        }
        return found(plain, p(), adjusted, Objects.requireNonNull(shift), limit);
    }

    private Effect found(Effect plain, double p, double adjusted, Shift shift, double limit) {
        // if a rare case became frequent, the median may not change, but the mean does
        double change = shift.estimate() != 0 ? shift.estimate() : mean(fresh) - mean(base);
        if (adjusted > Comparison.LEVEL || change == 0) {
            return found(plain, p, adjusted, Finding.UNCHANGED, "no significant change");
        }
        boolean worse = (change > 0) == measure.less();
        boolean counts = Math.abs(change)
                >= Math.max(
                        measure.floor(),
                        limit * Math.abs(Median.withDefaults().withCopy(true).evaluate(base)));
        Finding finding = worse
                ? counts ? Finding.WORSE : Finding.SLIGHTLY_WORSE
                : counts ? Finding.BETTER : Finding.SLIGHTLY_BETTER;
        Double share = plain.share(change);
        String by = share == null
                ? ": " + measure.change(change) + ", from 0"
                : " by " + Effect.signedPercent(Math.abs(share)).substring(1);
        return found(
                plain, p, adjusted, finding, (worse ? "worse" : "better") + by + (counts ? "" : ", below the limit"));
    }

    private static Effect found(
            Effect plain, @Nullable Double p, @Nullable Double adjusted, Finding finding, String words) {
        return new Effect(
                plain.measure(),
                plain.base(),
                plain.fresh(),
                plain.lacksBase(),
                plain.lacksNew(),
                plain.shift(),
                p,
                adjusted,
                plain.delta(),
                finding,
                words);
    }

    /** Why the groups cannot be compared fairly; empty if they can. Missing values of the new group must not go unnoticed. */
    private String lacking() {
        if (base.length == 0 && fresh.length == 0 && lacksBase > 0 && lacksNew > 0) {
            return "no run has it on either side";
        }
        if (lacksNew > 0) {
            return lacksNew + " of " + (paired ? base.length + union() : fresh.length + lacksNew)
                    + " runs of NEW lack it";
        }
        if (base.length < Comparison.FEWEST && lacksBase > 0) {
            return lacksBase + " of " + (paired ? base.length + union() : base.length + lacksBase)
                    + " runs of BASE lack it";
        }
        return "";
    }

    /** Upper bound of the number of incomplete pairs. */
    private int union() {
        return Math.max(lacksBase, lacksNew);
    }

    private boolean equal() {
        if (base.length == 0 || fresh.length == 0) {
            return false;
        }
        if (paired) {
            return Arrays.equals(base, fresh);
        }
        return Arrays.stream(base).allMatch(v -> v == base[0])
                && Arrays.stream(fresh).allMatch(v -> v == base[0]);
    }

    private double least(int first, int second) {
        return paired ? SignedRank.leastP(Math.min(first, second)) : MannWhitney.leastP(first, second);
    }

    private double[] differences() {
        double[] differences = new double[base.length];
        Arrays.setAll(differences, i -> fresh[i] - base[i]);
        return differences;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static @Nullable Double[] values(Measure measure, List<Sample> samples) {
        @Nullable Double[] values = new Double[samples.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples.get(i).values().get(measure.id());
        }
        return values;
    }

    private static double[] present(@Nullable Double[] values) {
        return Arrays.stream(values)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
