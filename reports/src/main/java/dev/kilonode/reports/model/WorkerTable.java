package dev.kilonode.reports.model;

import dev.kilonode.metrics.Labels;
import dev.kilonode.metrics.Metric;
import dev.kilonode.reports.model.ReportModel.Moment;
import dev.kilonode.reports.model.ReportModel.Table;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.WorkerRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The workers of a run over several processes: a row for each, and how much of the traffic crossed between them. */
final class WorkerTable {

    private static final String NO_DATA = "-";

    private static final List<String> COLUMNS = List.of(
            "worker",
            "state",
            "nodes",
            "hosts",
            "machine",
            "busiest loop",
            "lateness p95",
            "processors used",
            "most memory",
            "control plane",
            "clock offset",
            "processors",
            "heap",
            "JVM",
            "addresses",
            "process");

    private final SeriesAggregator grouping;

    private WorkerTable(RunData data) {
        this.grouping = new SeriesAggregator(data);
    }

    /** The table; empty for a run in one process. */
    static List<Table> of(RunData data) {
        List<WorkerRow> workers = data.manifest().workers();
        if (workers.size() < 2) return List.of();
        var table = new WorkerTable(data);
        return List.of(new Table(
                ChartCatalog.WORKERS,
                "Each worker",
                table.crossing(workers.size()),
                COLUMNS,
                workers.stream().map(table::row).toList()));
    }

    /** When workers were lost. */
    static List<Moment> losses(RunData data) {
        var losses = new ArrayList<Moment>();
        for (WorkerRow worker : data.manifest().workers()) {
            Long atMs = worker.lostAtMs();
            if (atMs != null) losses.add(new Moment(atMs, "worker " + worker.number() + " lost" + why(worker), true));
        }
        return losses;
    }

    private static String why(WorkerRow worker) {
        String why = worker.lostWhy();
        return why == null || why.isEmpty() ? "" : ": " + why;
    }

    private String crossing(int workers) {
        ChartSeries across = grouping.total(Metric.LINK_ACROSS.id(), "count");
        double sent = grouping.total(Metric.LINK_SENT.id(), "count").sum();
        String share = across.size() == 0 || sent == 0
                ? "The run did not count the frames that crossed between workers."
                : Format.percent(across.sum() / sent) + " of the frames that nodes sent crossed between workers; "
                        + Format.percent(1 - 1.0 / workers)
                        + " are expected where every node speaks to every other alike.";
        return share + " Busiest loop, lateness and processors: the mean over the windows, and the worst window.";
    }

    private List<String> row(WorkerRow worker) {
        int number = worker.number();
        String addresses = worker.addresses();
        return List.of(
                Integer.toString(number),
                state(worker),
                Format.count(worker.nodes()),
                Format.count(worker.hosts()),
                worker.machine(),
                shares(of(Metric.TESTER_BUSY.id(), number, "mean")),
                latencies(of(Metric.TESTER_LAG.id(), number, "p95")),
                shares(of(Metric.TESTER_CPU.id(), number, "mean")),
                memory(number),
                control(number),
                String.format(Locale.ROOT, "%.1f ± %.1f ms", worker.clockOffsetMs(), worker.clockErrorMs()),
                Integer.toString(worker.processors()),
                bytes(worker.maxHeapBytes()),
                worker.jvm(),
                addresses == null ? "loopback" : addresses,
                Long.toString(worker.pid()));
    }

    private ChartSeries of(String metric, int worker, String stat) {
        return grouping.by(metric, Labels.WORKER, stat).getOrDefault(Integer.toString(worker), ChartSeries.NONE);
    }

    private String state(WorkerRow worker) {
        Long lostAtMs = worker.lostAtMs();
        if (lostAtMs != null) return "lost at " + Format.time(lostAtMs) + why(worker);
        ChartSeries busy = of(Metric.TESTER_BUSY.id(), worker.number(), "mean");
        ChartSeries late = of(Metric.TESTER_LAG.id(), worker.number(), "p95");
        var lateMs = new java.util.HashMap<Long, Double>();
        for (int i = 0; i < late.size(); i++) lateMs.put(late.startMs()[i], late.value()[i]);
        int saturated = 0;
        for (int i = 0; i < busy.size(); i++) {
            double ms = lateMs.getOrDefault(busy.startMs()[i], 0.0);
            if (SaturationLimits.isSaturated(busy.value()[i], ms)) saturated++;
        }
        if (busy.size() == 0) return "no data";
        return saturated == 0 ? "ok" : "saturated in " + saturated + " of " + busy.size() + " windows";
    }

    private static String shares(ChartSeries values) {
        return values.size() == 0
                ? NO_DATA
                : Format.percent(mean(values)) + ", at most " + Format.percent(values.max());
    }

    private static String latencies(ChartSeries values) {
        return values.size() == 0
                ? NO_DATA
                : Format.latency(mean(values)) + ", at most " + Format.latency(values.max());
    }

    private String memory(int worker) {
        ChartSeries resident = of(Metric.RESIDENT_MEMORY.id(), worker, "max");
        ChartSeries heap = of(Metric.HEAP.id(), worker, "max");
        if (resident.size() > 0) return bytes(resident.max());
        return heap.size() > 0
                ? bytes(heap.max()) + " of heap"
                : NO_DATA; // not every system tells the memory of a process
    }

    private String control(int worker) {
        ChartSeries cpu = of(Metric.CONTROL_CPU.id(), worker, "mean");
        ChartSeries bytes = of(Metric.CONTROL_BYTES.id(), worker, "mean");
        ChartSeries threads = of(Metric.CONTROL_THREADS.id(), worker, "max");
        var parts = new ArrayList<String>();
        if (cpu.size() > 0) parts.add(Format.percent(mean(cpu)) + " of a core");
        if (bytes.size() > 0) {
            double perSecond = mean(bytes);
            Scale scale = Scale.bytesPerSecond(perSecond);
            parts.add(Format.number(perSecond * scale.factor()) + " " + scale.unit());
        }
        if (threads.size() > 0) parts.add(Format.count(threads.max()) + " threads");
        return parts.isEmpty() ? NO_DATA : String.join(", ", parts);
    }

    private static double mean(ChartSeries values) {
        return values.sum() / values.size();
    }

    private static String bytes(double amount) {
        Scale scale = Scale.bytes(amount);
        return Format.number(amount * scale.factor()) + " " + scale.unit();
    }
}
