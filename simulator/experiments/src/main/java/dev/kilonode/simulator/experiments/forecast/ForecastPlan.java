package dev.kilonode.simulator.experiments.forecast;

import dev.kilonode.reports.forecast.NetworkCapacity;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.experiments.suite.PlannedRun;
import dev.kilonode.simulator.experiments.suite.RunArguments;
import dev.kilonode.simulator.experiments.suite.SuiteException;
import dev.kilonode.simulator.experiments.suite.Variation;
import dev.kilonode.simulator.run.ScenarioHash;
import dev.kilonode.simulator.scenario.Durations;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.MemoryEstimate;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ScenarioRequest;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of a forecast: the unchanged scenario and each variation, with every seed. All are loaded before the first one starts. */
public final class ForecastPlan {

    /** A planned run, with data that its results do not contain. */
    public record Planned(PlannedRun run, String change, NetworkCapacity capacity) {}

    private final ForecastSpec spec;
    private final ScenarioLoader loader;
    private final ScenarioRequest untilHorizon;
    private final Scenario unchanged;
    private final BreakRules rules;
    private final List<Planned> runs = new ArrayList<>();
    private long heapBytes;

    /**
     * @param before an earlier part of the forecast in the same folder, whose ended runs are kept; null if there is none
     * @throws SuiteException if a variation does not exist
     */
    public ForecastPlan(ForecastSpec spec, ScenarioLoader loader, @Nullable Suite before) {
        this.spec = spec;
        this.loader = loader;
        unchanged = spec.scenario().load(loader).scenario();
        rules = new BreakRules(unchanged, spec.horizon());
        untilHorizon =
                spec.scenario().withFinal(new ValueOverride("--duration", "duration", Durations.text(spec.horizon())));
        List<Long> seeds = spec.seeds();
        if (seeds.isEmpty()) seeds = List.of(unchanged.seed());
        for (Variation variation : variations()) {
            for (long seed : seeds) runs.add(planned(variation, seed, before));
        }
    }

    public Scenario scenario() {
        return unchanged;
    }

    public BreakRules rules() {
        return rules;
    }

    public List<Planned> runs() {
        return runs;
    }

    public long heapMiB() {
        return heapBytes >> 20;
    }

    private List<Variation> variations() {
        List<Variation> all = new ArrayList<>(List.of(Variation.NONE));
        if (spec.variations().grid()) all.addAll(Variation.grid(unchanged));
        List<List<Variation>> axes = new ArrayList<>();
        for (String text : spec.variations().axes()) {
            try {
                axes.add(Variation.parse(text, unchanged));
            } catch (IllegalArgumentException e) {
                throw new SuiteException(spec.variations().source() + ": " + e.getMessage());
            }
        }
        if (spec.variations().crossed() && !axes.isEmpty()) all.addAll(Variation.crossed(axes));
        else axes.forEach(all::addAll);
        return all;
    }

    private Planned planned(Variation variation, long seed, @Nullable Suite before) {
        List<ValueOverride> values = new ArrayList<>(variation.overrides());
        values.addAll(rules.overrides());
        ScenarioRequest request = untilHorizon.with(values).withSeed(seed);
        LoadedScenario loaded = request.load(loader);
        Scenario scenario = loaded.scenario();
        heapBytes = Math.max(heapBytes, MemoryEstimate.bytes(scenario));
        SuiteRun run = SuiteRun.waiting(
                scenario.name() + variation.suffix(), spec.scenario().file(), ScenarioHash.of(loaded), seed, 1);
        if (before != null) run = known(run, before);
        RunArguments arguments = spec.arguments().and("--duration", Durations.text(spec.horizon()));
        for (ValueOverride value : values) arguments = arguments.and("--set", value.path() + "=" + value.value());
        return new Planned(
                PlannedRun.of(run, arguments, spec.directory(), () -> request.load(loader)),
                variation.label(),
                Capacities.of(scenario));
    }

    /** The run as an earlier forecast in the same folder left it. */
    private SuiteRun known(SuiteRun run, Suite before) {
        for (SuiteRun old : before.runs()) {
            boolean same = old.scenarioHash().equals(run.scenarioHash()) && old.seed() == run.seed();
            String made = old.directory();
            if (!same || made == null || !old.state().ended() || old.state() == State.ERROR) continue;
            if (!Files.isRegularFile(spec.directory().resolve(made).resolve("summary.json"))) continue;
            return run.with(old.state(), old.exitCode(), old.words(), made, old.wallMs());
        }
        return run;
    }
}
