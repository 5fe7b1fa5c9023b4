package dev.kilonode.simulator.wall;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the figures that the JVM reports of itself. Any thread; a reading takes some 50 µs. */
public final class JvmProbe {

    private static final Path STATUS = Path.of("/proc/self/status");

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final List<GarbageCollectorMXBean> collectors =
            ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
    private final List<BufferPoolMXBean> buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
    private final Set<String> heapPools = new TreeSet<>();

    /** Heap in use after the last {@link #collect}; negative before the first call. */
    private volatile long aliveBytes = -1;

    public JvmProbe() {
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .forEach(pool -> heapPools.add(pool.getName()));
    }

    /**
     * Runs a full garbage collection, which stops the JVM for some tenths of a second per gigabyte. Afterwards {@link JvmReading#heapBytes}
     * is the heap in use after the last call. Without a call it is the heap in use after any collection, including garbage in regions which
     * that collection did not examine.
     */
    public void collect() {
        System.gc();
        aliveBytes = afterLastCollection();
    }

    public JvmReading read() {
        long collections = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            collections += Math.max(0, collector.getCollectionCount());
            millis += Math.max(0, collector.getCollectionTime());
        }
        long direct = 0;
        for (BufferPoolMXBean pool : buffers) {
            if (pool.getName().equals("direct")) direct = pool.getMemoryUsed();
        }
        return new JvmReading(
                collections,
                millis,
                allocated(),
                system.getProcessCpuTime(),
                aliveBytes >= 0 ? aliveBytes : afterLastCollection(),
                direct,
                resident(),
                threads.getThreadCount(),
                descriptors());
    }

    /** The limit of open file descriptors of this process; {@link Long#MAX_VALUE} if unknown. */
    public long mostDescriptors() {
        return system instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
    }

    private static long resident() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | UncheckedIOException e) {
            return -1; // not available outside Linux
        }
    }

    private long descriptors() {
        return system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : -1;
    }

    private long allocated() {
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) sum += Math.max(0, bytes);
        return sum;
    }

    private long afterLastCollection() {
        GcInfo last = null;
        for (GarbageCollectorMXBean collector : collectors) {
            GcInfo info = collector.getLastGcInfo();
            if (info != null && (last == null || info.getEndTime() > last.getEndTime())) last = info;
        }
        return last == null ? 0 : inHeap(last.getMemoryUsageAfterGc());
    }

    private long inHeap(Map<String, MemoryUsage> pools) {
        long sum = 0;
        for (Map.Entry<String, MemoryUsage> pool : pools.entrySet()) {
            if (heapPools.contains(pool.getKey())) sum += pool.getValue().getUsed();
        }
        return sum;
    }
}
