package dev.kilonode.simulator.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What watches a run is as large after sixty hours as after ten: windows go to disk, and sums stay. */
class CollectorMemoryTest {

    /** A network as small as can be, that stores nothing, under checks of every kind: what grows is the collector's. */
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

    @TempDir
    Path out;

    @Test
    void memoryIsTheSameAfterTenAndAfterSixtyHours() throws IOException {
        Scale scale = new Scale();
        SmallRun run = SmallRun.of(out, scale, RUN);
        assertThat(run.data().lastMs()).isEqualTo(TimeUnit.HOURS.toMillis(61));
        assertThat(scale.afterSixty)
                .as("bytes in use, %d after ten hours", scale.afterTen)
                .isPositive()
                .isCloseTo(scale.afterTen, within(scale.afterTen / 20));
    }

    /** Weighs the heap at two times. */
    private static final class Scale implements RunControl {

        private long afterTen;
        private long afterSixty;

        @Override
        public void progress(RunProgress progress) {
            long hours = TimeUnit.NANOSECONDS.toHours(progress.virtualNanos());
            if (hours >= 10 && afterTen == 0) afterTen = usedBytes();
            if (hours >= 60 && afterSixty == 0) afterSixty = usedBytes();
        }

        private static long usedBytes() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }
}
