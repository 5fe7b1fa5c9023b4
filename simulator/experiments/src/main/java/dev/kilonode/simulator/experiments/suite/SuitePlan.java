package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.run.Fingerprint;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunHead;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.reports.suite.SuiteShare;
import dev.kilonode.simulator.run.ScenarioHash;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.MemoryEstimate;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ScenarioRequest;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a suite and their order. Scenarios alternate (A B A B), so that changes of the machine during the suite affect all equally.
 * Every scenario is loaded with every variation and seed before the first run starts.
 */
public final class SuitePlan {
    private final SuiteSpec spec;
    private final ScenarioLoader loader;
    private final Map<String, String> fileByName = new LinkedHashMap<>();
    private final Map<String, String> labelByValues = new HashMap<>();
    private final List<Path> replaced = new ArrayList<>();
    private final List<PlannedRun> whole = new ArrayList<>();
    private long heapBytes;
    private boolean wall;

    public SuitePlan(SuiteSpec spec, ScenarioLoader loader) {
        this.spec = spec;
        this.loader = loader;
    }

    /**
     * The runs in their order; of the share, if the request is for one.
     *
     * @param before an earlier part of the suite in the same folder, whose ended runs are kept; null if there is none
     * @throws SuiteException if the scenarios cannot be run together
     */
    public List<PlannedRun> runs(@Nullable Suite before) {
        if (spec.runs() > spec.mostRuns()) {
            throw new SuiteException("got " + spec.runs() + " runs, more than " + spec.mostRuns()
                    + "; write fewer values, --seeds or --repeat");
        }
        List<List<PlannedRun>> columns = new ArrayList<>();
        for (ScenarioRequest scenario : spec.scenarios()) {
            for (Variation variation : spec.variations()) columns.add(column(scenario, variation));
        }
        int most = columns.stream().mapToInt(List::size).max().orElse(0);
        for (int repetition = 1; repetition <= spec.repetitions(); repetition++) {
            for (int i = 0; i < most; i++) {
                for (List<PlannedRun> column : columns) {
                    if (i < column.size()) whole.add(column.get(i).repeated(repetition));
                }
            }
        }
        SuiteSpec.Share share = spec.share();
        List<PlannedRun> own = share == null ? whole : share(share.number(), share.of());
        Map<String, SuiteRun> known = new HashMap<>();
        if (before != null) before.runs().forEach(run -> known.put(run.identity(), run));
        return own.stream()
                .map(planned -> planned.with(known(planned.run(), known)))
                .toList();
    }

    private List<PlannedRun> share(int number, int of) {
        int runs = whole.size();
        if (of > runs) {
            throw new SuiteException("got --shard " + number + "/" + of + ", but there are " + runs
                    + " runs; write --shard " + Math.min(number, runs) + "/" + runs + ", or fewer shares");
        }
        return whole.subList(SuiteShare.begin(number, of, runs), SuiteShare.begin(number + 1, of, runs));
    }

    /** The runs of all shares, not made. {@link #runs} has been called. */
    public List<SuiteRun> whole() {
        return whole.stream().map(PlannedRun::run).toList();
    }

    /**
     * Excludes the run directories of an earlier suite whose runs are made again: their data stay, but without a manifest they do not
     * count as runs.
     */
    public void setAsideWhatIsReplaced() throws IOException {
        for (Path run : replaced) SuiteFolder.setAside(run);
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
    private List<PlannedRun> column(ScenarioRequest scenario, Variation variation) {
        ScenarioRequest varied = scenario.with(variation.overrides());
        if (spec.seeds().isEmpty()) return List.of(planned(varied, variation));
        return spec.seeds().stream()
                .map(seed -> planned(varied.withSeed(seed), variation))
                .toList();
    }

    private PlannedRun planned(ScenarioRequest request, Variation variation) {
        String file = request.file();
        LoadedScenario loaded = request.load(loader);
        var scenario = loaded.scenario();
        String other = fileByName.putIfAbsent(scenario.name(), file);
        if (other != null && !other.equals(file)) {
            throw new SuiteException(other + " and " + file + " are both named " + scenario.name()
                    + ", so that their results could not be distinguished; give one of them another name:");
        }
        String values = Fingerprint.of(scenario.toString()); // whatever they are written like
        String same = labelByValues.putIfAbsent(values, variation.label());
        if (same != null && !same.equals(variation.label())) {
            throw new SuiteException(
                    same + " and " + variation.label() + " are the same scenario: the values are equal, or"
                            + " another flag such as --duration overrides them; leave one of them out");
        }
        heapBytes = Math.max(heapBytes, MemoryEstimate.bytes(scenario));
        wall |= scenario.clock() == Clock.WALL;
        SuiteRun run = SuiteRun.waiting(
                        scenario.name() + variation.suffix(), file, ScenarioHash.of(loaded), scenario.seed(), 1)
                .at(variation.values());
        RunArguments arguments = spec.arguments();
        for (ValueOverride value : variation.overrides()) {
            arguments = arguments.and("--set", value.path() + "=" + value.value());
        }
        return PlannedRun.of(run, arguments, spec.directory(), () -> request.load(loader));
    }

    /** The run as an earlier part of the suite has left it. */
    private SuiteRun known(SuiteRun run, Map<String, SuiteRun> before) {
        SuiteRun old = before.get(run.identity());
        if (old == null) return run;
        if (old.state().ended() && isComplete(old)) {
            return run.with(old.state(), old.exitCode(), old.words(), old.directory(), old.wallMs());
        }
        if (old.directory() != null) replaced.add(spec.directory().resolve(old.directory()));
        return run;
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
