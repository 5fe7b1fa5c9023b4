package dev.kilonode.reports.run;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Writes windows for ever; prints its folder once the first flush is done. For tests that kill it. */
final class WritesUntilKilled {

    private WritesUntilKilled() {}

    public static void main(String[] args) {
        var clock = new AtomicLong();
        RunWriter writer = RunWriter.create(
                Path.of(args[0]),
                "killed",
                Manifest.starting("0.1", "killed", "k.yaml", "h", 1, "virtual", 2, 3_600_000, "./kilonode run k.yaml"),
                "",
                "",
                clock::get);
        for (long window = 0; window < Long.MAX_VALUE / 2000; window++) {
            writer.window(window * 1000, (window + 1) * 1000, "transport.delivered", "", "rate", 10 + window % 7);
            writer.window(window * 1000, (window + 1) * 1000, "transport.delivered", "", "count", 10 + window % 7);
            if (window % 100 == 0) {
                clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
            }
            if (window == 1_000) {
                System.out.println(writer.directory());
            }
            if (window > 1_000) {
                Thread.onSpinWait();
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
