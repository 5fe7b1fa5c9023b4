package dev.kilonode.reports.model;

import static java.util.Map.entry;

import dev.kilonode.metrics.Labels;
import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.Unit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** The charts of what is measured by worker: one line per worker. A metric without a title of its own is shown under its id. */
final class WorkerCharts {

    /** Id of the chart, its title, the statistic that it shows, and how to read it. */
    private record Form(String id, String title, String stat, String note) {}

    private static final Map<Metric, Form> FORMS = new EnumMap<>(Map.ofEntries(
            entry(
                    Metric.TESTER_LAG,
                    new Form(
                            "tester-lag",
                            "Lateness of node loops and signing threads",
                            "p95",
                            "p95 of each window, the latest of them. A late worker measures itself.")),
            entry(
                    Metric.TESTER_BUSY,
                    new Form(
                            "tester-busy",
                            "Busiest node loop awake",
                            "mean",
                            "100 % means that a thread on which nodes live could not keep up.")),
            entry(
                    Metric.TESTER_CPU,
                    new Form("tester-cpu", "Processors used", "mean", "Share of all cores of the worker's machine.")),
            entry(
                    Metric.GC_PAUSE,
                    new Form("gc-pauses", "Garbage collections", "max", "The longest collection of each window.")),
            entry(
                    Metric.ALLOCATION,
                    new Form("jvm-allocation", "Allocation", "mean", "Heap allocated by all threads.")),
            entry(
                    Metric.HEAP,
                    new Form(
                            "jvm-heap",
                            "Heap after collections",
                            "mean",
                            "What is left after each collection of the whole heap; a leak shows as a line that rises.")),
            entry(Metric.DIRECT_MEMORY, new Form("jvm-direct", "Memory of buffers outside the heap", "max", "")),
            entry(
                    Metric.RESIDENT_MEMORY,
                    new Form(
                            "jvm-resident", "Memory of the process", "max", "What the machine holds of it in memory.")),
            entry(Metric.THREADS, new Form("jvm-threads", "Threads", "max", "Of the whole process.")),
            entry(
                    Metric.DESCRIPTORS,
                    new Form(
                            "jvm-descriptors",
                            "Open file descriptors",
                            "max",
                            "Sockets and files of the whole process.")),
            entry(
                    Metric.CONTROL_CPU,
                    new Form("control-cpu", "Control plane: processor time", "mean", "Share of one core.")),
            entry(
                    Metric.CONTROL_BYTES,
                    new Form(
                            "control-bytes",
                            "Control plane: traffic",
                            "mean",
                            "Sent and received; no messages of nodes.")),
            entry(
                    Metric.CONTROL_THREADS,
                    new Form("control-threads", "Control plane: threads", "max", "Not counted as the tester's.")),
            entry(
                    Metric.CLOCK_OFFSET,
                    new Form(
                            "clock-offset",
                            "Offset of the clock",
                            "max",
                            "From the coordinator's clock of the run."))));

    private final ChartFactory make;

    WorkerCharts(ChartFactory make) {
        this.make = make;
    }

    List<Chart> charts() {
        var charts = new ArrayList<Chart>();
        for (Metric metric : Metric.values()) {
            if (metric.isOfWorker() && !metric.isCounter()) charts.add(chart(metric));
        }
        return charts;
    }

    private Chart chart(Metric metric) {
        Form form = FORMS.getOrDefault(
                metric, new Form(metric.id().replace('.', '-'), metric.id(), "mean", sentence(metric.help())));
        return make.byLabel(
                form.id,
                ChartCatalog.WORKERS,
                form.title + " by worker",
                metric.id(),
                Labels.WORKER,
                form.stat,
                scale(metric.unit()),
                form.note);
    }

    private static DoubleFunction<Scale> scale(Unit unit) {
        return switch (unit) {
            case MILLISECONDS -> Scale::millis;
            case BYTES -> Scale::bytes;
            case BYTES_PER_SECOND -> Scale::bytesPerSecond;
            case RATIO -> max -> Scale.percent();
            case COUNT, TIMES -> max -> Scale.plain("");
        };
    }

    /** The help of a metric as a sentence: {@code wall time: threads of the process} becomes {@code Threads of the process.} */
    private static String sentence(String help) {
        String plain = help.startsWith("wall time: ") ? help.substring("wall time: ".length()) : help;
        return Character.toUpperCase(plain.charAt(0)) + plain.substring(1) + ".";
    }
}
