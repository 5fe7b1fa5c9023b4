package dev.kilonode.junit;

import dev.kilonode.reports.run.MetricSeries;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A finished run: its numbers, its verdict, and where its results are. */
public final class TestnetRun {

    private final RunData data;
    private final Summary summary;
    private final String words;
    private final Path report;

    TestnetRun(RunData data, String words, Path report) {
        this.data = data;
        this.summary = Objects.requireNonNull(data.summary(), "a finished run has a summary");
        this.words = words;
        this.report = report;
    }

    /** The HTML report. */
    public Path report() {
        return report.toAbsolutePath().normalize();
    }

    /** The run directory, with all data. */
    public Path directory() {
        return data.directory().toAbsolutePath().normalize();
    }

    /** {@code summary.json}: verdict, checks, headline numbers. */
    public Summary summary() {
        return summary;
    }

    /** Everything measured, window by window. */
    public RunData data() {
        return data;
    }

    /** The verdict of the scenario's own checks in one line. */
    public String words() {
        return words;
    }

    /** What the run was made from; equal seeds and scenarios give equal runs. */
    public long seed() {
        return summary.seed();
    }

    /**
     * A number over the whole run.
     *
     * @param name as in {@code summary.json}, such as {@code upload.latency.p95}
     * @return NaN if the run has none
     */
    double number(String name) {
        return summary.metrics().getOrDefault(name, Double.NaN);
    }

    /** How often something happened in the whole run, whatever its labels; NaN if it was not counted. */
    double count(String metric) {
        Double headline = summary.metrics().get(metric + ".count");
        if (headline != null) return headline;
        MetricSeries all = data.series(metric, "", "count");
        List<MetricSeries> parts = all == null ? data.all(metric, "count") : List.of(all);
        if (parts.isEmpty()) return Double.NaN;
        double sum = 0;
        for (MetricSeries one : parts) {
            for (int i = 0; i < one.size(); i++) sum += one.value(i);
        }
        return sum;
    }

    /** The values of a statistic, window by window, of those that have one. */
    double[] course(String metric, String stat) {
        MetricSeries series = data.series(metric, "", stat);
        if (series == null) return new double[0];
        double[] values = new double[series.size()];
        for (int i = 0; i < values.length; i++) values[i] = series.value(i);
        return values;
    }

    /** What an assertion on this run that does not hold throws: with the report and how to see it again. */
    AssertionError failure(String message) {
        return new AssertionError(message + "\n  run: " + summary.scenario() + ", seed " + summary.seed()
                + "\n  report: " + report() + "\n  again: " + data.manifest().command());
    }

    @Override
    public String toString() {
        return summary.scenario() + " seed " + summary.seed() + " (" + words + ")";
    }
}
