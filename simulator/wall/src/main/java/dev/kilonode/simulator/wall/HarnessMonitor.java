package dev.kilonode.simulator.wall;

import dev.kilonode.metrics.Dimension;
import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.kernel.world.WorldSampler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures the machine in wall time: the delay and the load of the event loops that run nodes, and the resources that the JVM uses. The
 * results of an overloaded machine are not valid for the network.
 */
final class HarnessMonitor implements WorldSampler, LagListener {

    private static final long LATE_NANOS = (long) (MachineLoad.LATE_MS * 1e6);

    private static final int TIMERS = Dimension.LAG.indexOf("timers");
    private static final int INBOX = Dimension.LAG.indexOf("inbox");
    private static final int WORKERS = Dimension.LAG.indexOf("workers");

    private final WallWorld world;
    private final MetricSet metrics;
    private final JvmProbe jvm = new JvmProbe();
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final long collectNanos;
    private JvmReading before;
    private boolean sampled;
    private long collectedNanos;
    private long beforeNanos;
    private long[] beforeAsleepNanos;
    private long looks;
    private long lateLooks;
    private double busySum;
    private int busySamples;
    private long latestNanos;

    /**
     * @param metrics a set that contains the metrics of the wall clock
     * @param collect interval between full garbage collections, of which the first runs now; zero for none
     */
    HarnessMonitor(WallWorld world, MetricSet metrics, Duration collect) {
        this.world = world;
        this.metrics = metrics;
        collectNanos = collect.toNanos();
        if (collectNanos > 0) jvm.collect();
        before = jvm.read();
        beforeNanos = WallClock.nanos();
        beforeAsleepNanos = world.asleepNanos();
    }

    @Override
    public void sample() {
        world.readLag(this);
        long nowNanos = WallClock.nanos();
        long passedNanos = nowNanos - beforeNanos;
        if (passedNanos < TimeUnit.MILLISECONDS.toNanos(100)) return;
        if (!sampled) collectedNanos = nowNanos - world.collectAheadNanos(); // the turns count from the begin
        sampled = true;
        if (collectNanos > 0 && nowNanos - collectedNanos >= collectNanos) {
            collectedNanos = nowNanos;
            jvm.collect();
        }
        JvmReading now = jvm.read();
        double share = 1 - (double) leastAsleepNanos() / passedNanos;
        metrics.record(Metric.TESTER_BUSY, share);
        busySum += share;
        busySamples++;
        metrics.record(Metric.TESTER_CPU, (double) (now.cpuNanos() - before.cpuNanos()) / passedNanos / cores);
        long collections = now.collections() - before.collections();
        for (long i = 0; i < collections; i++) {
            metrics.recordNanos(
                    Metric.GC_PAUSE,
                    TimeUnit.MILLISECONDS.toNanos(now.collectionMillis() - before.collectionMillis()) / collections);
        }
        metrics.record(
                Metric.ALLOCATION, Math.max(0, now.allocatedBytes() - before.allocatedBytes()) * 1e9 / passedNanos);
        if (now.heapBytes() > 0) metrics.record(Metric.HEAP, now.heapBytes());
        metrics.record(Metric.DIRECT_MEMORY, now.directBytes());
        if (now.residentBytes() >= 0) metrics.record(Metric.RESIDENT_MEMORY, now.residentBytes());
        metrics.record(Metric.THREADS, now.threads());
        if (now.descriptors() >= 0) metrics.record(Metric.DESCRIPTORS, now.descriptors());
        before = now;
        beforeNanos = nowNanos;
    }

    /** The sleep time since the last call, of the loop that slept least. */
    private long leastAsleepNanos() {
        long[] now = world.asleepNanos();
        long least = Long.MAX_VALUE;
        for (int loop = 0; loop < now.length; loop++) least = Math.min(least, now[loop] - beforeAsleepNanos[loop]);
        beforeAsleepNanos = now;
        return least;
    }

    @Override
    public void timer(long nanos) {
        metrics.recordNanos(Metric.TESTER_LAG, TIMERS, nanos, 1);
        late(nanos);
    }

    @Override
    public void task(long nanos) {
        metrics.recordNanos(Metric.TESTER_LAG, INBOX, nanos, 1);
        late(nanos);
    }

    @Override
    public void computation(long nanos) {
        metrics.recordNanos(Metric.TESTER_LAG, WORKERS, nanos, 1);
        late(nanos);
    }

    private void late(long nanos) {
        looks++;
        if (nanos > LATE_NANOS) lateLooks++;
        latestNanos = Math.max(latestNanos, nanos);
    }

    @Override
    public Optional<MachineLoad> closeWindow() {
        metrics.add(Metric.TESTER_INLINE, 0, world.computedInline() - metrics.total(Metric.TESTER_INLINE));
        double meanBusy = busySamples == 0 ? 0 : busySum / busySamples;
        MachineLoad load = new MachineLoad(lateLooks > MachineLoad.LATE_SHARE * looks, meanBusy, latestNanos / 1e6);
        looks = 0;
        lateLooks = 0;
        latestNanos = 0;
        busySum = 0;
        busySamples = 0;
        return Optional.of(load);
    }
}
