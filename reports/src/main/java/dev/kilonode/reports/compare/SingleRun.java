package dev.kilonode.reports.compare;

import dev.kilonode.reports.compare.Comparison.Conclusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/**
 * A single run compared with a baseline. The run is worse if a metric lies beyond all runs of the baseline, and by at least the limit from
 * their median. With {@value #FEWEST} or more runs, the false alarm rate of a metric is at most 5 %. With fewer there is no conclusion,
 * unless the digest equals that of the baseline's run of the same seed.
 *
 * @param conclusion the conclusion
 * @param worse number of metrics that are worse than in all runs of the baseline
 * @param words the conclusion in a sentence
 */
public record SingleRun(Conclusion conclusion, int worse, String words) {

    /** Fewest runs of a baseline for a conclusion about a single run. */
    public static final int FEWEST = 19;

    /**
     * @param run the run
     * @param limit smallest relevant change, relative to the baseline's median
     */
    public static SingleRun against(RunGroup baseline, Sample run, double limit) {
        boolean same = baseline.samples().stream()
                .anyMatch(s -> s.seed() == run.seed()
                        && !run.digest().isEmpty()
                        && s.digest().equals(run.digest()));
        if (same) {
            return new SingleRun(
                    Conclusion.NOT_WORSE, 0, "exactly as in the baseline: equal digest of seed " + run.seed());
        }
        var worse = new ArrayList<String>();
        var lacking = new ArrayList<String>();
        int fewest = Integer.MAX_VALUE;
        for (Measure measure : Measure.JUDGED) {
            double[] known = baseline.samples().stream()
                    .filter(s -> s.values().containsKey(measure.id()))
                    .mapToDouble(s -> s.values().getOrDefault(measure.id(), 0.0))
                    .toArray();
            Double value = run.values().get(measure.id());
            if (known.length == 0) {
                continue;
            }
            fewest = Math.min(fewest, known.length);
            if (value == null) {
                lacking.add(measure.label());
            } else if (beyond(measure, known, value, limit)) {
                worse.add(measure.label() + " " + measure.words(value) + " (baseline "
                        + measure.words(Median.withDefaults().withCopy(true).evaluate(known)) + ", at worst "
                        + measure.words(worst(measure, known))
                        + ")");
            }
        }
        return judged(baseline, worse, lacking, fewest);
    }

    private static SingleRun judged(RunGroup baseline, List<String> worse, List<String> lacking, int fewest) {
        String found = worse.isEmpty() ? "" : "worse than all of the baseline: " + String.join(", ", worse);
        if (!lacking.isEmpty()) {
            String words = "the run lacks " + String.join(", ", lacking) + ", which the baseline has";
            return new SingleRun(Conclusion.INSUFFICIENT, worse.size(), found.isEmpty() ? words : found + "; " + words);
        }
        if (fewest == Integer.MAX_VALUE) {
            return new SingleRun(Conclusion.INSUFFICIENT, 0, "the baseline has none of the judged metrics");
        }
        if (fewest < FEWEST) {
            return new SingleRun(
                    Conclusion.INSUFFICIENT,
                    worse.size(),
                    "insufficient: the baseline holds "
                            + RunSearch.counted(baseline.samples().size(), "run")
                            + ", at least " + FEWEST + " are needed to judge a single run"
                            + (found.isEmpty() ? "" : "; " + found));
        }
        return worse.isEmpty()
                ? new SingleRun(Conclusion.NOT_WORSE, 0, "within the range of the baseline's runs")
                : new SingleRun(Conclusion.WORSE, worse.size(), found);
    }

    private static boolean beyond(Measure measure, double[] known, double value, double limit) {
        double median = Median.withDefaults().withCopy(true).evaluate(known);
        double change = measure.less() ? value - median : median - value;
        double further = measure.less() ? value - worst(measure, known) : worst(measure, known) - value;
        return further > 0 && change >= Math.max(measure.floor(), limit * Math.abs(median));
    }

    private static double worst(Measure measure, double[] known) {
        return measure.less()
                ? Arrays.stream(known).max().orElse(0)
                : Arrays.stream(known).min().orElse(0);
    }
}
