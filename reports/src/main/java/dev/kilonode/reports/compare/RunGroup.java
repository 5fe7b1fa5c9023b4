package dev.kilonode.reports.compare;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs of one scenario: one side of a comparison.
 *
 * @param label    what the user called it: a folder, a file
 * @param scenario name of the scenario
 * @param hash     of its settings
 * @param settings its settings; null if only their hash is known
 * @param model    version of the model they were computed with; 0 of runs older than that
 * @param clock    {@code virtual} or {@code wall}
 * @param platform where the newest of them ran
 * @param samples  the runs, in order of seed, then time; at least one
 * @param leftOut  runs found that are not among them, each with its reason
 * @param lost     of those left out, how many tried to run this scenario and did not get to the end
 * @param damaged  of those left out, how many are no more as they were written
 */
public record RunGroup(
        String label,
        String scenario,
        String hash,
        @Nullable Settings settings,
        int model,
        String clock,
        Platform platform,
        List<Sample> samples,
        List<String> leftOut,
        int lost,
        int damaged) {

    private static final int MOST_SEEDS = 6;

    /** Of a model that is not known, none damaged. */
    public RunGroup(
            String label,
            String scenario,
            String hash,
            @Nullable Settings settings,
            String clock,
            Platform platform,
            List<Sample> samples,
            List<String> leftOut,
            int lost) {
        this(label, scenario, hash, settings, 0, clock, platform, samples, leftOut, lost, 0);
    }

    public RunGroup {
        samples = List.copyOf(samples);
        leftOut = List.copyOf(leftOut);
    }

    /** Whether runs repeat bit for bit from their seed. */
    public boolean virtual() {
        return clock.equals("virtual");
    }

    /** The seeds, each once, in order. */
    public SortedSet<Long> seeds() {
        return samples.stream().map(Sample::seed).collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@code results/smoke: smoke, 20 runs, seeds 1 to 20, virtual time, Kilonode 0.1.0}. */
    public String words() {
        String tools =
                samples.stream().map(Sample::toolWords).distinct().sorted().collect(Collectors.joining(", "));
        return scenario + ", " + samples.size() + (samples.size() == 1 ? " run, " : " runs, ") + seedWords() + ", "
                + clock + " time, Kilonode " + tools;
    }

    /** Why these runs say nothing of {@code newer} ones, which another model computed. */
    public String otherModel(RunGroup newer) {
        return (model == 0 ? "BASE is older than the numbering of models" : "BASE was computed with model " + model)
                + ", NEW with model " + newer.model + ": record BASE again";
    }

    private String seedWords() {
        SortedSet<Long> seeds = seeds();
        if (seeds.size() == 1) {
            return "seed " + seeds.first();
        }
        if (seeds.last() - seeds.first() == seeds.size() - 1) {
            return "seeds " + seeds.first() + " to " + seeds.last();
        }
        String some = seeds.stream().limit(MOST_SEEDS).map(String::valueOf).collect(Collectors.joining(", "));
        return "seeds " + some + (seeds.size() > MOST_SEEDS ? " and " + (seeds.size() - MOST_SEEDS) + " more" : "");
    }
}
