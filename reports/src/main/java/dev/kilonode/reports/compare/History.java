package dev.kilonode.reports.compare;

import dev.kilonode.reports.statistics.samples.ChangePoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs in order of time, and the change points of their metrics. Advisory: it shows where to look, not the cause.
 *
 * @param scenarios one per scenario, clock and number of JVMs, in order of their first run
 * @param leftOut runs that were not used, each with its reason
 * @param damaged how many of these are damaged
 */
public record History(List<ScenarioHistory> scenarios, List<String> leftOut, int damaged) {

    /** Fewest runs in which changes are searched. */
    public static final int FEWEST = 2 * ChangePoint.FEWEST;

    /**
     * The runs of one scenario.
     *
     * @param scenario name of the scenario
     * @param clock {@code virtual} or {@code wall}
     * @param jvms processes that ran the nodes of a run
     * @param runs runs in order of time
     * @param changes changes of judged metrics, in order of time
     */
    public record ScenarioHistory(String scenario, String clock, int jvms, List<Sample> runs, List<Change> changes) {}

    /**
     * A change of level.
     *
     * @param measure metric that changed
     * @param from last run before the change
     * @param at first run of the new level
     * @param before median before
     * @param after median after
     * @param p share of permutations with as clear a change
     * @param settings settings that differ between the two runs, one per line; empty if none do
     */
    public record Change(
            Measure measure, Sample from, Sample at, double before, double after, double p, List<String> settings) {

        /** Whether the change is for the worse. */
        public boolean worse() {
            return (after > before) == measure.less();
        }

        /** {@code worse: upload latency p50 28.9 s -> 35.1 s (+21 %)}. */
        public String words() {
            String share = before == 0 ? "" : " (" + Effect.signedPercent((after - before) / Math.abs(before)) + ")";
            return (worse() ? "worse: " : "better: ") + measure.label() + " " + measure.words(before) + " -> "
                    + measure.words(after) + share;
        }
    }

    /** @throws ComparisonException if there is no run */
    public static History of(Path folder) {
        RunSearch search = RunSearch.below(folder);
        List<String> leftOut = search.leftOut();
        var scenarios = new LinkedHashMap<String, List<RunGroup>>();
        for (RunGroup run : search.inOrderOfTime()) {
            scenarios
                    .computeIfAbsent(run.scenario() + "\n" + run.clock() + "\n" + run.jvms(), k -> new ArrayList<>())
                    .add(run);
        }
        if (scenarios.isEmpty()) {
            throw new ComparisonException(
                    folder + " holds no run that can be used" + (leftOut.isEmpty() ? "" : ": " + leftOut.get(0)));
        }
        return new History(
                scenarios.values().stream().map(History::scenarioHistory).toList(), leftOut, search.damaged());
    }

    private static ScenarioHistory scenarioHistory(List<RunGroup> runs) {
        var changes = new ArrayList<Change>();
        for (Measure measure : Measure.JUDGED) {
            List<RunGroup> having = runs.stream()
                    .filter(r -> sample(r).values().containsKey(measure.id()))
                    .toList();
            double[] values =
                    having.stream().mapToDouble(r -> value(r, measure)).toArray();
            for (ChangePoint point : ChangePoint.in(values)) {
                double size = Math.abs(point.after() - point.before());
                if (size >= measure.floor() && size > 0) {
                    RunGroup from = having.get(point.index() - 1);
                    RunGroup at = having.get(point.index());
                    changes.add(new Change(
                            measure,
                            sample(from),
                            sample(at),
                            point.before(),
                            point.after(),
                            point.p(),
                            settings(from, at)));
                }
            }
        }
        changes.sort(java.util.Comparator.comparing(c -> c.at().started()));
        return new ScenarioHistory(
                runs.get(0).scenario(),
                runs.get(0).clock(),
                runs.get(0).jvms(),
                runs.stream().map(History::sample).toList(),
                changes);
    }

    private static double value(RunGroup run, Measure measure) {
        Map<String, Double> values = sample(run).values();
        return values.getOrDefault(measure.id(), 0.0);
    }

    private static Sample sample(RunGroup run) {
        return run.samples().get(0);
    }

    private static List<String> settings(RunGroup from, RunGroup at) {
        Settings was = from.settings();
        Settings is = at.settings();
        return was == null || is == null ? List.of() : was.differences(is);
    }
}
