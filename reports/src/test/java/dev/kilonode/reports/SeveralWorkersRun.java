package dev.kilonode.reports;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunWriter;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.reports.run.WorkerRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** A made-up run of 20 min in four JVMs: worker 1 was saturated in five windows, worker 2 was killed at 12 min. */
public final class SeveralWorkersRun {

    public static final int WORKERS = 4;
    public static final long WINDOW_MS = 10_000;
    public static final long PLANNED_MS = 20 * 60_000;
    public static final long LOST_MS = 12 * 60_000 + 3_000;

    private final RunWriter writer;
    private final Random random = new Random(22);

    private SeveralWorkersRun(RunWriter writer) {
        this.writer = writer;
    }

    /** The run's folder. */
    public static Path of(Path root) {
        return of(root, "/opt/kilonode/kilonode run scenarios/wall.yaml --clock wall --jvms 4");
    }

    /** The same run, with a text of the caller's in every name of a worker. */
    public static Path of(Path root, String text) {
        Manifest manifest = Manifest.starting("0.1.0", "wall", "wall", "9f2c51", 17, "wall", 1000, PLANNED_MS, text);
        String scenario = "name: wall\nseed: 17\nclock: wall\n";
        try (RunWriter writer = RunWriter.create(root, "wall", manifest, scenario, scenario)) {
            List<WorkerRow> workers = workers(text.startsWith("/") ? "" : text);
            writer.workers(workers);
            var run = new SeveralWorkersRun(writer);
            run.write();
            workers.set(2, workers.get(2).lost(LOST_MS, "killed"));
            writer.workers(workers);
            run.finish();
            return writer.directory();
        }
    }

    private static List<WorkerRow> workers(String text) {
        var workers = new ArrayList<WorkerRow>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(new WorkerRow(
                    i,
                    (i < 2 ? "host-a" : "host-b") + text,
                    4000 + i,
                    "OpenJDK 64-Bit Server VM 17.0.12+7" + text,
                    8,
                    2L << 30,
                    250,
                    25,
                    i < 2 ? null : "10.1." + i + ".0/24",
                    i < 2 ? 0.02 : -3.4,
                    i < 2 ? 0.05 : 0.4,
                    null,
                    null));
        }
        return workers;
    }

    private void write() {
        writer.event(new EventRow(
                LOST_MS,
                EventRow.Type.FAULT,
                "worker-2-lost",
                null,
                Map.of("worker", 2, "why", "killed", "nodes", 250)));
        writer.event(new EventRow(
                40_000,
                EventRow.Type.NOTE,
                "worker 3: no report for the window from 30 s to 40 s",
                null,
                Map.of("worker", 3, "window_start_ms", 30_000)));
        for (long start = 0; start < PLANNED_MS; start += WINDOW_MS) {
            network(start, start + WINDOW_MS);
            for (int worker = 0; worker < WORKERS; worker++) {
                boolean gone = worker == 2 && start + WINDOW_MS > LOST_MS;
                if (!gone && !(worker == 3 && start == 30_000)) tester(start, start + WINDOW_MS, worker);
            }
        }
    }

    private void network(long start, long end) {
        double up = start + WINDOW_MS > LOST_MS ? 750 : 1000;
        counter(start, end, "transport.delivered", "kind=find-node", 20 * up);
        counter(start, end, "link.frames.sent", "", 4_000);
        counter(start, end, "link.frames.across", "", 3_000);
        counter(start, end, "upload.started", "", 30);
        counter(start, end, "upload.succeeded", "", 30);
        counter(start, end, "identity.exchanges", "", 100);
        gauge(start, end, "node.up", "", up, up, up);
        distribution(start, end, "upload.latency", "", 800 * noise());
    }

    private void tester(long start, long end, int worker) {
        String label = "worker=" + worker;
        boolean saturated = worker == 1 && start >= 300_000 && start < 350_000;
        double busy = saturated ? 0.99 : Math.min(0.9, (0.3 + 0.1 * worker) * noise());
        gauge(start, end, "tester.busy", label, busy * 0.8, busy, Math.min(1, busy * 1.1));
        for (String of : new String[] {"inbox", "timers", "workers"}) {
            distribution(start, end, "tester.lag", "of=" + of + ";" + label, saturated ? 400 : 2 * noise());
        }
        gauge(start, end, "tester.cpu", label, 0.1, 0.2 * noise(), 0.4);
        gauge(start, end, "jvm.heap", label, 3e8, 3.2e8 + 1e5 * start / 1e3, 3.5e8 + 1e5 * start / 1e3);
        gauge(start, end, "jvm.resident", label, 6e8, 7e8, 8e8 + 1e7 * worker);
        gauge(start, end, "jvm.threads", label, 40, 41, 42);
        gauge(start, end, "jvm.descriptors", label, 900, 1000, 1100);
        gauge(start, end, "jvm.allocation", label, 1e7, 4e7 * noise(), 9e7);
        gauge(start, end, "jvm.gc.pause", label, 1, 4 * noise(), 12 * noise());
        gauge(start, end, "tester.control-cpu", label, 0.001, 0.004, 0.006);
        gauge(start, end, "tester.control-bytes", label, 8e3, 9.5e3, 12e3);
        gauge(start, end, "tester.control-threads", label, 9, 9, 9);
        gauge(start, end, "tester.clock-offset", label, 0, 0.1, 0.2);
    }

    private void finish() {
        var checks = new ArrayList<CheckResult>();
        for (int worker = 0; worker < WORKERS; worker++) {
            checks.add(new CheckResult(
                    "heap-stays-flat[worker " + worker + "]",
                    "jvm.heap",
                    "max",
                    "<=",
                    1e9,
                    CheckResult.Status.PASS,
                    4.7e8,
                    0L,
                    "a leak would fill the heap",
                    120,
                    "worker=" + worker,
                    "run",
                    "fail",
                    "",
                    null));
        }
        String saturated = "worker 1 was saturated in 5 of 120 windows";
        String lost = "worker 2 was lost at 12 min 3 s with 250 nodes: killed";
        writer.finish(
                new Summary(
                        Summary.SCHEMA,
                        Summary.Verdict.INCONCLUSIVE,
                        3,
                        "wall",
                        "9f2c51",
                        17,
                        "wall",
                        1000,
                        PLANNED_MS,
                        PLANNED_MS,
                        3_000_000,
                        2_000_000,
                        "",
                        checks,
                        Map.of("upload.latency.p95", 1_600.0),
                        List.of(
                                new HealthResult("tester-kept-up", true, saturated),
                                new HealthResult("workers-stayed", false, lost)),
                        List.of(lost)),
                Manifest.COMPLETE);
    }

    private void counter(long start, long end, String metric, String labels, double count) {
        writer.window(start, end, metric, labels, "count", Math.rint(count));
        writer.window(start, end, metric, labels, "rate", Math.rint(count) / ((end - start) / 1000.0));
    }

    private void gauge(long start, long end, String metric, String labels, double min, double mean, double max) {
        writer.window(start, end, metric, labels, "count", 10);
        writer.window(start, end, metric, labels, "min", Math.min(min, mean));
        writer.window(start, end, metric, labels, "mean", mean);
        writer.window(start, end, metric, labels, "max", Math.max(mean, max));
    }

    private void distribution(long start, long end, String metric, String labels, double ms) {
        var histogram = new Histogram(3);
        for (int i = 1; i <= 50; i++) histogram.recordValue((long) (ms * 1000 * (0.5 + i / 50.0)));
        gauge(start, end, metric, labels, ms * 0.5, ms, ms * 1.5);
        for (int percentile : new int[] {50, 95, 99}) {
            writer.window(
                    start, end, metric, labels, "p" + percentile, histogram.getValueAtPercentile(percentile) / 1e3);
        }
        writer.latency(labels.isEmpty() ? metric : metric + "{" + labels + "}", start, end, histogram);
    }

    private double noise() {
        return Math.max(0.2, 1 + 0.1 * random.nextGaussian());
    }
}
