package dev.kilonode.reports.compare;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs of one scenario: one side of a comparison.
 *
 * @param label the user's name for it: a folder, a file
 * @param scenario name of the scenario
 * @param hash hash of its settings
 * @param settings its settings; null if only their hash is known
 * @param model version of the model; 0 for runs from before it existed
 * @param clock {@code virtual} or {@code wall}
 * @param jvms processes that ran the nodes of a run
 * @param platform platform of the newest run
 * @param samples the runs, in order of seed, then time; at least one
 * @param leftOut runs that were found and not used, each with its reason
 * @param lost of those left out, the number that did not reach the end
 * @param damaged of those left out, the number that are damaged
 */
public record RunGroup(
        String label,
        String scenario,
        String hash,
        @Nullable Settings settings,
        int model,
        String clock,
        int jvms,
        Platform platform,
        List<Sample> samples,
        List<String> leftOut,
        int lost,
        int damaged) {

    private static final int MOST_SEEDS = 6;

    /** A group of runs in one process, with an unknown model and without damaged runs. */
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
        this(label, scenario, hash, settings, 0, clock, 1, platform, samples, leftOut, lost, 0);
    }

    public RunGroup {
        samples = List.copyOf(samples);
        leftOut = List.copyOf(leftOut);
    }

    /** Whether a run is reproducible from its seed. */
    public boolean virtual() {
        return clock.equals("virtual");
    }

    /** The distinct seeds, in order. */
    public SortedSet<Long> seeds() {
        return samples.stream().map(Sample::seed).collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@code results/smoke: smoke, 20 runs, seeds 1 to 20, virtual time, Kilonode 0.1.0}. */
    public String words() {
        String tools =
                samples.stream().map(Sample::toolWords).distinct().sorted().collect(Collectors.joining(", "));
        return scenario + ", " + samples.size() + (samples.size() == 1 ? " run, " : " runs, ") + seedWords() + ", "
                + clock + " time, " + (jvms > 1 ? jvms + " JVMs, " : "") + "Kilonode " + tools;
    }

    /** {@code 1 JVM}, {@code 4 JVMs}. */
    public String jvmWords() {
        return RunSearch.counted(jvms, "JVM");
    }

    /** Why these runs say nothing about {@code newer} ones that another model produced. */
    public String otherModel(RunGroup newer) {
        return (model == 0 ? "BASE is from before models had versions" : "BASE was computed with model " + model)
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
