package dev.kilonode.simulator.cli;

import dev.kilonode.reports.compare.RunSearch;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunHead;
import dev.kilonode.reports.suite.Suite;
import dev.kilonode.reports.suite.SuiteRun;
import dev.kilonode.reports.suite.SuiteRun.State;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.MemoryEstimate;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.suite.PlannedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a suite is to run, in which order: scenarios take turns (A B A B), so that what changes on the machine meanwhile meets all
 * alike. Every scenario is read with every seed before the first run starts.
 */
final class SuitePlan {
    private final SuiteFlags flags;
    private final ScenarioLoader loader;
    private final Path directory;
    private final Map<String, String> fileByName = new LinkedHashMap<>();
    private final List<Path> replaced = new ArrayList<>();
    private long heapBytes;
    private boolean wall;

    SuitePlan(SuiteFlags flags, ScenarioLoader loader, Path directory) {
        this.flags = flags;
        this.loader = loader;
        this.directory = directory;
    }

    /** @param before an earlier suite in the same folder, whose ended runs are kept; null: none */
    List<PlannedRun> runs(@Nullable Suite before) {
        List<List<SuiteRun>> columns = new ArrayList<>();
        for (String file : flags.operands) columns.add(column(file));
        int most = columns.stream().mapToInt(List::size).max().orElse(0);
        if ((long) most * columns.size() * flags.repetitions() > SuiteFlags.MOST_RUNS) {
            throw new UsageException(
                    "got more than " + SuiteFlags.MOST_RUNS + " runs; write fewer --seeds or --repeat");
        }
        List<PlannedRun> plan = new ArrayList<>();
        for (int repetition = 1; repetition <= flags.repetitions(); repetition++) {
            for (int i = 0; i < most; i++) {
                for (List<SuiteRun> column : columns) {
                    if (i < column.size()) plan.add(planned(column.get(i), repetition, before));
                }
            }
        }
        return plan;
    }

    /**
     * Takes the run directories of an earlier suite whose runs are made again out of the count: their data stay, but without a
     * manifest nobody takes them for runs any more.
     */
    void setAsideWhatIsReplaced() throws IOException {
        for (Path run : replaced) {
            Path manifest = run.resolve("manifest.json");
            if (Files.exists(manifest)) Files.move(manifest, run.resolve(RunSearch.SET_ASIDE));
        }
    }

    /** MiB that the largest run needs. */
    long heapMiB() {
        return heapBytes >> 20;
    }

    /** Whether some run is in wall-clock time, so that others beside it would disturb it. */
    boolean hasWallClock() {
        return wall;
    }

    /** One scenario with all its seeds, in their order. */
    private List<SuiteRun> column(String file) {
        List<SuiteRun> column = new ArrayList<>();
        List<Long> seeds = flags.seeds();
        if (seeds.isEmpty()) {
            flags.seed = null;
            column.add(run(file));
        }
        for (long seed : seeds) {
            flags.seed = Long.toString(seed);
            column.add(run(file));
        }
        flags.seed = null;
        return column;
    }

    private SuiteRun run(String file) {
        LoadedScenario loaded = flags.load(file, loader);
        var scenario = loaded.scenario();
        String other = fileByName.putIfAbsent(scenario.name(), file);
        if (other != null && !other.equals(file)) {
            throw new UsageException(other + " and " + file + " are both named " + scenario.name()
                    + ", so that their results could not be told apart; give one of them another name:");
        }
        heapBytes = Math.max(heapBytes, MemoryEstimate.bytes(scenario));
        wall |= scenario.clock() == Clock.WALL;
        return SuiteRun.waiting(
                scenario.name(), file, VirtualRunner.hash(loaded.tree().yaml()), scenario.seed(), 1);
    }

    private PlannedRun planned(SuiteRun first, int repetition, @Nullable Suite before) {
        SuiteRun run = SuiteRun.waiting(first.scenario(), first.file(), first.scenarioHash(), first.seed(), repetition);
        if (before != null) {
            for (SuiteRun old : before.runs()) {
                if (!same(old, run)) continue;
                if (old.state().ended() && isThere(old)) {
                    run = run.with(old.state(), old.exitCode(), old.words(), old.directory(), old.wallMs());
                } else if (old.directory() != null) {
                    replaced.add(directory.resolve(old.directory()));
                }
            }
        }
        return new PlannedRun(run, flags.runArguments(run.file(), run.seed(), directory.toString()));
    }

    private static boolean same(SuiteRun one, SuiteRun other) {
        return one.scenario().equals(other.scenario())
                && one.scenarioHash().equals(other.scenarioHash())
                && one.seed() == other.seed()
                && one.repetition() == other.repetition();
    }

    /** Ended of itself, with intact results: one that was killed, ended early, could not be judged or was damaged is worth another try. */
    private boolean isThere(SuiteRun run) {
        String name = run.directory();
        if (name == null || run.state() == State.ERROR) return false;
        try {
            RunHead head = RunHead.read(directory.resolve(name));
            return head.manifest().status().equals(Manifest.COMPLETE)
                    && head.summary() != null
                    && head.integrity().intact();
        } catch (IOException e) {
            return false;
        }
    }

    /** The suite that is in {@code directory}; null if none is. */
    static @Nullable Suite before(Path directory) throws IOException {
        return Files.exists(directory.resolve(Suite.FILE)) ? Suite.read(directory) : null;
    }
}
