package dev.kilonode.reports.suite;

import dev.kilonode.reports.run.RunHead;
import dev.kilonode.reports.run.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.statistics.descriptive.Median;

/** Reads the results of a suite's runs as a grid. Each run is read once, when it has ended. One thread. */
public final class GridReader {

    private final Path directory;
    private final Map<String, Map<String, Double>> known = new LinkedHashMap<>();

    /** @param directory the suite's folder */
    public GridReader(Path directory) {
        this.directory = directory;
    }

    /** The metrics of a run as in its {@code summary.json}; empty if it has none. */
    public Map<String, Double> metrics(SuiteRun run) {
        String name = run.directory();
        if (name == null || !run.state().ended()) return Map.of();
        return known.computeIfAbsent(name, this::read);
    }

    private Map<String, Double> read(String name) {
        try {
            Summary summary = RunHead.read(directory.resolve(name)).summary();
            return summary == null ? Map.of() : summary.metrics();
        } catch (IOException e) {
            return Map.of(); // its outcome says what is wrong
        }
    }

    /** The grid of a suite as it is now. */
    public Grid of(Suite suite) {
        boolean own = !suite.axes().isEmpty();
        Map<List<String>, List<SuiteRun>> cells = new LinkedHashMap<>();
        for (SuiteRun run : suite.runs()) {
            List<String> point = own ? run.point() : List.of(run.scenario(), Long.toString(run.seed()));
            cells.computeIfAbsent(point, unused -> new ArrayList<>()).add(run);
        }
        TreeSet<String> metrics = new TreeSet<>();
        List<Grid.Cell> all = new ArrayList<>();
        cells.forEach((point, runs) -> {
            Map<String, Grid.Spread> values = values(runs);
            metrics.addAll(values.keySet());
            all.add(new Grid.Cell(point, List.copyOf(runs), values));
        });
        List<SuiteAxis> axes = own ? suite.axes() : List.of(axis("scenario", 0, cells), axis("seed", 1, cells));
        return new Grid(axes, List.copyOf(metrics), List.copyOf(all));
    }

    private static SuiteAxis axis(String path, int number, Map<List<String>, List<SuiteRun>> cells) {
        LinkedHashSet<String> values = new LinkedHashSet<>();
        for (List<String> point : cells.keySet()) values.add(point.get(number));
        return new SuiteAxis(path, List.copyOf(values));
    }

    private Map<String, Grid.Spread> values(List<SuiteRun> runs) {
        Map<String, List<Double>> byMetric = new LinkedHashMap<>();
        for (SuiteRun run : runs) {
            metrics(run).forEach((metric, value) -> {
                if (Double.isFinite(value))
                    byMetric.computeIfAbsent(metric, unused -> new ArrayList<>())
                            .add(value);
            });
        }
        Map<String, Grid.Spread> values = new LinkedHashMap<>();
        byMetric.forEach((metric, all) -> {
            double[] sorted =
                    all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            double median = Median.withDefaults().withCopy(true).evaluate(sorted);
            values.put(metric, new Grid.Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length));
        });
        return values;
    }
}
