package dev.kilonode.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time of this process, over all its threads. */
final class ProcessCpu {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static long nanos() {
        return SYSTEM.getProcessCpuTime();
    }

    private ProcessCpu() {}
}
