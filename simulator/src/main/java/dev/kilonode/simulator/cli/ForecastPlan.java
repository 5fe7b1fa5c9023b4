package dev.kilonode.simulator.cli;

import dev.kilonode.reports.forecast.NetworkCapacity;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.forecast.BreakRules;
import dev.kilonode.simulator.forecast.Capacities;
import dev.kilonode.simulator.forecast.Variation;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.MemoryEstimate;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import dev.kilonode.simulator.suite.PlannedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of a forecast: the scenario as it is and each variation, with every seed, all read before the first one starts. */
final class ForecastPlan {

    /** A run to be made, and what its data do not say. */
    record Planned(PlannedRun run, String change, NetworkCapacity capacity) {}

    private final ForecastFlags flags;
    private final ScenarioLoader loader;
    private final Path directory;
    private final String file;
    private final List<String> given;
    private final Scenario asItIs;
    private final BreakRules rules;
    private final List<Planned> runs = new ArrayList<>();
    private long heapBytes;

    ForecastPlan(ForecastFlags flags, ScenarioLoader loader, Path directory, @Nullable Suite before) {
        this.flags = flags;
        this.loader = loader;
        this.directory = directory;
        file = flags.operand("forecast", "FILE");
        given = List.copyOf(flags.set);
        asItIs = flags.load(file, loader).scenario();
        rules = new BreakRules(asItIs, flags.horizon());
        flags.duration = Durations.text(flags.horizon());
        flags.sources.put("--duration", "--duration");
        flags.sources.put("--set", "--set");
        List<Long> seeds = flags.seeds();
        if (seeds.isEmpty()) seeds = List.of(asItIs.seed());
        for (Variation variation : variations()) {
            for (long seed : seeds) runs.add(planned(variation, seed, before));
        }
    }

    Scenario scenario() {
        return asItIs;
    }

    BreakRules rules() {
        return rules;
    }

    List<Planned> runs() {
        return runs;
    }

    long heapMiB() {
        return heapBytes >> 20;
    }

    private List<Variation> variations() {
        List<Variation> all = new ArrayList<>(List.of(Variation.NONE));
        if (flags.grid) all.addAll(Variation.grid(asItIs));
        List<List<Variation>> axes = new ArrayList<>();
        for (String text : flags.vary) {
            try {
                axes.add(Variation.parse(text, asItIs));
            } catch (IllegalArgumentException e) {
                throw new UsageException(flags.sourceOf("--vary") + ": " + e.getMessage());
            }
        }
        if (flags.cross && !axes.isEmpty()) all.addAll(Variation.crossed(axes));
        else axes.forEach(all::addAll);
        return all;
    }

    private Planned planned(Variation variation, long seed, @Nullable Suite before) {
        List<String> set = new ArrayList<>(given);
        for (ValueOverride one : variation.overrides()) set.add(one.path() + "=" + one.value());
        for (ValueOverride one : rules.overrides()) set.add(one.path() + "=" + one.value());
        flags.set = set;
        flags.seed = Long.toString(seed);
        LoadedScenario loaded = flags.load(file, loader);
        Scenario scenario = loaded.scenario();
        heapBytes = Math.max(heapBytes, MemoryEstimate.bytes(scenario));
        String label =
                variation.label().isEmpty() ? "" : "-" + variation.label().replaceAll("[^A-Za-z0-9._=-]+", "-");
        SuiteRun run = SuiteRun.waiting(
                scenario.name() + label, file, VirtualRunner.hash(loaded.tree().yaml()), seed, 1);
        if (before != null) run = known(run, before);
        List<String> arguments = flags.runArguments(file, seed, directory.toString());
        flags.set = given;
        flags.seed = null;
        return new Planned(new PlannedRun(run, arguments), variation.label(), Capacities.of(scenario));
    }

    /** As an earlier forecast in the same folder left it. */
    private SuiteRun known(SuiteRun run, Suite before) {
        for (SuiteRun old : before.runs()) {
            boolean same = old.scenarioHash().equals(run.scenarioHash()) && old.seed() == run.seed();
            String made = old.directory();
            if (!same || made == null || !old.state().ended() || old.state() == State.ERROR) continue;
            if (!Files.isRegularFile(directory.resolve(made).resolve("summary.json"))) continue;
            return run.with(old.state(), old.exitCode(), old.words(), made, old.wallMs());
        }
        return run;
    }
}
