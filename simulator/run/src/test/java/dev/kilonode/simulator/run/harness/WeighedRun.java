package dev.kilonode.simulator.run.harness;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs a scenario and prints the heap in use, in bytes, after ten hours and after sixty. It runs in its own JVM, so that it
 * measures nothing else.
 */
final class WeighedRun implements RunControl {

    /**
     * The smallest network, without stored chunks, under checks of every kind, so that only the memory of metrics and checks could grow.
     */
    private static final String[] RUN = {
        "nodes.count=8",
        "nodes.bootstraps=2",
        "duration=61h",
        "metrics.window=5m",
        "store.capacity=4MiB",
        "dht.refresh.buckets=6",
        "workload.uploaders={count: 1, every: 30m}",
        "workload.upload.file-size=1MB",
        "checks=[{metric: upload.failed, stat: ratio, op: <=, limit: 100%},"
                + "{metric: request.latency, stat: p95, op: <=, limit: 1h, over: window 30m, for: 1h},"
                + "{metric: request.latency, stat: mean, op: <=, over: trend, severity: info},"
                + "{metric: transport.offered, stat: rate, op: <=, over: trend, severity: info}]"
    };

    private int weighed;

    private WeighedRun() {}

    /** @param arguments the folder for results */
    public static void main(String[] arguments) throws Exception {
        SmallRun.of(Path.of(arguments[0]), new WeighedRun(), RUN);
    }

    @Override
    public void progress(RunProgress progress) {
        long hours = TimeUnit.NANOSECONDS.toHours(progress.virtualNanos());
        if (hours < (weighed == 0 ? 10 : 60) || weighed == 2) return;
        weighed++;
        System.gc();
        System.out.println(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
}
