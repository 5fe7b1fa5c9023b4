package dev.kilonode.simulator.wall;

import dev.kilonode.simulator.kernel.world.MachineLoad;
import dev.kilonode.simulator.kernel.world.WorldSampler;
import dev.kilonode.simulator.metrics.Counter;
import dev.kilonode.simulator.metrics.Distribution;
import dev.kilonode.simulator.metrics.Labels;
import dev.kilonode.simulator.metrics.Metric;
import dev.kilonode.simulator.metrics.MetricSet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures the machine in wall time: how late the event loops are on which nodes run, how busy they are, what the JVM uses. A machine
 * that does not keep up measures itself, so its run proves nothing.
 */
final class HarnessMonitor implements WorldSampler, LagListener {

    private static final long LATE_NANOS = (long) (MachineLoad.LATE_MS * 1e6);

    private final WallWorld world;
    private final JvmProbe jvm = new JvmProbe();
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final Distribution timers;
    private final Distribution tasks;
    private final Distribution computations;
    private final Distribution busy;
    private final Distribution cpu;
    private final Distribution pauses;
    private final Distribution allocation;
    private final Distribution heap;
    private final Distribution direct;
    private final Distribution resident;
    private final Distribution threads;
    private final Distribution descriptors;
    private final Counter inline;
    private final long collectNanos;
    private JvmReading before;
    private long collectedNanos;
    private long beforeNanos;
    private long[] beforeAsleepNanos;
    private long looks;
    private long lateLooks;
    private double busySum;
    private int busySamples;
    private long latestNanos;

    /** @param collect time between collections of the whole heap, of which the first is made now; zero for none */
    HarnessMonitor(WallWorld world, MetricSet metrics, Duration collect) {
        this.world = world;
        collectNanos = collect.toNanos();
        timers = metrics.distribution(Metric.TESTER_LAG, Labels.of("of", "timers"));
        tasks = metrics.distribution(Metric.TESTER_LAG, Labels.of("of", "inbox"));
        computations = metrics.distribution(Metric.TESTER_LAG, Labels.of("of", "workers"));
        busy = metrics.distribution(Metric.TESTER_BUSY, Labels.NONE);
        cpu = metrics.distribution(Metric.TESTER_CPU, Labels.NONE);
        inline = metrics.counter(Metric.TESTER_INLINE, Labels.NONE);
        pauses = metrics.distribution(Metric.GC_PAUSE, Labels.NONE);
        allocation = metrics.distribution(Metric.ALLOCATION, Labels.NONE);
        heap = metrics.distribution(Metric.HEAP, Labels.NONE);
        direct = metrics.distribution(Metric.DIRECT_MEMORY, Labels.NONE);
        resident = metrics.distribution(Metric.RESIDENT_MEMORY, Labels.NONE);
        threads = metrics.distribution(Metric.THREADS, Labels.NONE);
        descriptors = metrics.distribution(Metric.DESCRIPTORS, Labels.NONE);
        if (collectNanos > 0) jvm.collect();
        before = jvm.read();
        beforeNanos = WallClock.nanos();
        beforeAsleepNanos = world.asleepNanos();
        collectedNanos = beforeNanos;
    }

    @Override
    public void sample() {
        world.readLag(this);
        long nowNanos = WallClock.nanos();
        long passedNanos = nowNanos - beforeNanos;
        if (passedNanos < TimeUnit.MILLISECONDS.toNanos(100)) return;
        if (collectNanos > 0 && nowNanos - collectedNanos >= collectNanos) {
            collectedNanos = nowNanos;
            jvm.collect();
        }
        JvmReading now = jvm.read();
        double share = 1 - (double) leastAsleepNanos() / passedNanos;
        busy.record(share);
        busySum += share;
        busySamples++;
        cpu.record((double) (now.cpuNanos() - before.cpuNanos()) / passedNanos / cores);
        long collections = now.collections() - before.collections();
        for (long i = 0; i < collections; i++) {
            pauses.recordNanos(
                    TimeUnit.MILLISECONDS.toNanos(now.collectionMillis() - before.collectionMillis()) / collections);
        }
        allocation.record(Math.max(0, now.allocatedBytes() - before.allocatedBytes()) * 1e9 / passedNanos);
        if (now.heapBytes() > 0) heap.record(now.heapBytes());
        direct.record(now.directBytes());
        if (now.residentBytes() >= 0) resident.record(now.residentBytes());
        threads.record(now.threads());
        if (now.descriptors() >= 0) descriptors.record(now.descriptors());
        before = now;
        beforeNanos = nowNanos;
    }

    /** Of the loop that slept least since the last time. */
    private long leastAsleepNanos() {
        long[] now = world.asleepNanos();
        long least = Long.MAX_VALUE;
        for (int loop = 0; loop < now.length; loop++) least = Math.min(least, now[loop] - beforeAsleepNanos[loop]);
        beforeAsleepNanos = now;
        return least;
    }

    @Override
    public void timer(long nanos) {
        timers.recordNanos(nanos);
        late(nanos);
    }

    @Override
    public void task(long nanos) {
        tasks.recordNanos(nanos);
        late(nanos);
    }

    @Override
    public void computation(long nanos) {
        computations.recordNanos(nanos);
        late(nanos);
    }

    private void late(long nanos) {
        looks++;
        if (nanos > LATE_NANOS) lateLooks++;
        latestNanos = Math.max(latestNanos, nanos);
    }

    @Override
    public Optional<MachineLoad> closeWindow() {
        inline.add(world.computedInline() - inline.total());
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
