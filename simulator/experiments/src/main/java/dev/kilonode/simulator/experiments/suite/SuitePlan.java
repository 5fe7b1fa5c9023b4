package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.compare.RunSearch;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunHead;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.run.ScenarioHash;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.MemoryEstimate;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ScenarioRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a suite and their order. Scenarios alternate (A B A B), so that changes of the machine during the suite affect all equally.
 * Every scenario is loaded with every seed before the first run starts.
 */
public final class SuitePlan {
    private final SuiteSpec spec;
    private final ScenarioLoader loader;
    private final Map<String, String> fileByName = new LinkedHashMap<>();
    private final List<Path> replaced = new ArrayList<>();
    private long heapBytes;
    private boolean wall;

    public SuitePlan(SuiteSpec spec, ScenarioLoader loader) {
        this.spec = spec;
        this.loader = loader;
    }

    /**
     * The runs in their order.
     *
     * @param before an earlier part of the suite in the same folder, whose ended runs are kept; null if there is none
     * @throws SuiteException if the scenarios cannot be run together
     */
    public List<PlannedRun> runs(@Nullable Suite before) {
        List<List<SuiteRun>> columns = new ArrayList<>();
        for (ScenarioRequest scenario : spec.scenarios()) columns.add(column(scenario));
        int most = columns.stream().mapToInt(List::size).max().orElse(0);
        if ((long) most * columns.size() * spec.repetitions() > SuiteSpec.MOST_RUNS) {
            throw new SuiteException("got more than " + SuiteSpec.MOST_RUNS + " runs; write fewer --seeds or --repeat");
        }
        List<PlannedRun> plan = new ArrayList<>();
        for (int repetition = 1; repetition <= spec.repetitions(); repetition++) {
            for (int i = 0; i < most; i++) {
                for (List<SuiteRun> column : columns) {
                    if (i < column.size()) plan.add(planned(column.get(i), repetition, before));
                }
            }
        }
        return plan;
    }

    /**
     * Excludes the run directories of an earlier suite whose runs are made again: their data stay, but without a manifest they do not
     * count as runs.
     */
    public void setAsideWhatIsReplaced() throws IOException {
        for (Path run : replaced) {
            Path manifest = run.resolve("manifest.json");
            if (Files.exists(manifest)) Files.move(manifest, run.resolve(RunSearch.SET_ASIDE));
        }
    }

    /** Heap in MiB that the largest run needs. */
    public long heapMiB() {
        return heapBytes >> 20;
    }

    /** Whether a run is in wall-clock time, so that parallel runs would disturb it. */
    public boolean hasWallClock() {
        return wall;
    }

    /** One scenario with all its seeds, in their order. */
    private List<SuiteRun> column(ScenarioRequest scenario) {
        if (spec.seeds().isEmpty()) return List.of(run(scenario));
        return spec.seeds().stream().map(scenario::withSeed).map(this::run).toList();
    }

    private SuiteRun run(ScenarioRequest request) {
        String file = request.file();
        LoadedScenario loaded = request.load(loader);
        var scenario = loaded.scenario();
        String other = fileByName.putIfAbsent(scenario.name(), file);
        if (other != null && !other.equals(file)) {
            throw new SuiteException(other + " and " + file + " are both named " + scenario.name()
                    + ", so that their results could not be distinguished; give one of them another name:");
        }
        heapBytes = Math.max(heapBytes, MemoryEstimate.bytes(scenario));
        wall |= scenario.clock() == Clock.WALL;
        return SuiteRun.waiting(scenario.name(), file, ScenarioHash.of(loaded), scenario.seed(), 1);
    }

    private PlannedRun planned(SuiteRun first, int repetition, @Nullable Suite before) {
        SuiteRun run = SuiteRun.waiting(first.scenario(), first.file(), first.scenarioHash(), first.seed(), repetition);
        if (before != null) {
            for (SuiteRun old : before.runs()) {
                if (!same(old, run)) continue;
                if (old.state().ended() && isComplete(old)) {
                    run = run.with(old.state(), old.exitCode(), old.words(), old.directory(), old.wallMs());
                } else if (old.directory() != null) {
                    replaced.add(spec.directory().resolve(old.directory()));
                }
            }
        }
        return PlannedRun.of(run, spec.arguments(), spec.directory());
    }

    private static boolean same(SuiteRun one, SuiteRun other) {
        return one.scenario().equals(other.scenario())
                && one.scenarioHash().equals(other.scenarioHash())
                && one.seed() == other.seed()
                && one.repetition() == other.repetition();
    }

    /**
     * Whether a run ended by itself with intact results. One that was killed, ended early, could not be evaluated or was damaged is made
     * again.
     */
    private boolean isComplete(SuiteRun run) {
        String name = run.directory();
        if (name == null || run.state() == State.ERROR) return false;
        try {
            RunHead head = RunHead.read(spec.directory().resolve(name));
            return head.manifest().status().equals(Manifest.COMPLETE)
                    && head.summary() != null
                    && head.integrity().intact();
        } catch (IOException e) {
            return false;
        }
    }
}
