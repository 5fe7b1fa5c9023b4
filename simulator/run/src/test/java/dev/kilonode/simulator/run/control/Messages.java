package dev.kilonode.simulator.run.control;

import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.NodeDropsRow;
import dev.kilonode.reports.run.UploadRow;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One command and one report of each kind that is sent, for tests of control planes. */
public final class Messages {

    public static final WorkerInfo WORKER = worker("machine");

    static final List<Command> COMMANDS = List.of(
            new Command.Refuse("it is built from another source, “quoted”, and\nin two lines"),
            new Command.Assign(new Assignment("soak", "name: soak\nnodes: {count: 3}\n", 1, 4, List.of())),
            new Command.Assign(new Assignment("soak", "", 0, 2, List.of("10.0.1.0/24", "10.0.2.0/24"))),
            new Command.Ping(Long.MIN_VALUE),
            new Command.Begin(-5, 1_800_000_000L),
            new Command.Stop("interrupted by Ctrl-C"),
            new Command.PartLost(3),
            new Command.Make(1L << 40, "smoke-nodes=20 seed 7", "name: smoke\nseed: 7\n", "warn", 60_000, true),
            new Command.Finish());

    static final List<Report> REPORTS = List.of(
            new Report.Prepared(250, 5),
            new Report.Failed(4, "cannot listen at 127.1.0.1:10000: in use"),
            new Report.Pong(1, Long.MAX_VALUE, 1_800_000_000_123L),
            progress(1),
            new Report.Rows(
                    List.of(
                            EventRow.span(EventRow.Type.FAULT, "slow", 5, 10),
                            new EventRow(
                                    7,
                                    EventRow.Type.INVARIANT,
                                    "channels",
                                    null,
                                    Map.of("subjects", List.of("node 1", "node 2"), "what", "is open"))),
                    List.of(
                            new UploadRow(
                                    4,
                                    "uploader-1",
                                    1,
                                    2,
                                    9L,
                                    4096,
                                    3,
                                    UploadRow.Outcome.SUCCEEDED,
                                    8L,
                                    0,
                                    1,
                                    1,
                                    2,
                                    3,
                                    4,
                                    5),
                            new UploadRow(
                                    5,
                                    "uploader-2",
                                    1,
                                    2,
                                    null,
                                    1,
                                    1,
                                    UploadRow.Outcome.RUNNING,
                                    null,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0)),
                    List.of(new DropRow(3, "node-7", 2, "shard-full", "ping", "127.1.0.3")),
                    List.of("time_ms=3 level=warn node=node-7"),
                    List.of(new NodeDropsRow("node-7", 9, 3, 8, "shard-full", "ping"))),
            window(0, 1_000),
            new Report.Making(1, 0.25),
            new Report.Content(2, "smoke/run/data/windows.csv", new byte[] {0, -1, 127}),
            new Report.Made(3, 101, "{\"words\": \"“fine”\"}", "", Map.of("a/b", 0L, "c", 1L << 40)),
            new Report.Ended(List.of("11 invariants watched"), List.of("uploads-end"), 9));

    private Messages() {}

    public static WorkerInfo worker(String machine) {
        return new WorkerInfo("0.1.0 (abc)", machine, 4711, "JVM 17", 2, 1L << 30, 4096, "", null);
    }

    public static Report.Progress progress(int number) {
        return new Report.Progress(number * 1000L, 250, number, 3, 1, 2, 40, 5);
    }

    /** A window with metrics of so many bytes, which no compression makes smaller. */
    public static Report.Window window(int index, int bytes) {
        byte[] metrics = new byte[bytes];
        new Random(index).nextBytes(metrics);
        return new Report.Window(
                index, 1000, 2000, metrics, List.of(1, 2), List.of(0, 3), true, 0.98, 12.5, 0.99, 12345678901L);
    }
}
