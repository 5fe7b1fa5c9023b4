package dev.kilonode.simulator.run.control;

import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.NodeDropsRow;
import dev.kilonode.reports.run.UploadRow;
import java.util.List;
import java.util.Random;

/** One command and one report of each kind that is sent, for tests of control planes. */
public final class Messages {

    public static final WorkerInfo WORKER = worker("machine");

    private Messages() {}

    public static WorkerInfo worker(String machine) {
        return new WorkerInfo("0.1.0 (abc)", machine, 4711, "JVM 17", 2, 1L << 30, 4096, "", null);
    }

    public static Report.Progress progress(int number) {
        return new Report.Progress(number * 1000L, 250, number, 3, 1, 2, 40, 5, 1.25);
    }

    /** A window with metrics of so many bytes, which no compression makes smaller. */
    public static Report.Window window(int index, int bytes) {
        byte[] metrics = new byte[bytes];
        new Random(index).nextBytes(metrics);
        return new Report.Window(
                index, 1000, 2000, metrics, List.of(1, 2), List.of(0, 3), true, 0.98, 12345678901L, EVENTS, UPLOADS);
    }
