package dev.kilonode.simulator.run.distributed;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.metrics.MetricSource;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Report;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** A worker without nodes: it answers its coordinator and reports what a test tells it to. */
final class ScriptedWorker {

    private final CoordinatorLink link;
    final MetricSet metrics = new MetricSet(
            8, EnumSet.of(MetricSource.NODE, MetricSource.STORAGE_NODE, MetricSource.HARNESS, MetricSource.WALL_CLOCK));
    private int windows;
    private long drops;

    ScriptedWorker(CoordinatorLink link) {
        this.link = link;
    }

    /** Answers until the run begins. */
    void prepare() throws InterruptedException {
        while (true) {
            Command command = await();
            if (command instanceof Command.Assign) link.send(new Report.Prepared(10, 2));
            if (command instanceof Command.Begin) return;
        }
    }

    /** The next command that is no {@link Command.Ping}, which it answers. */
    Command await() throws InterruptedException {
        while (true) {
            Command command = link.poll(Duration.ofMillis(50));
            if (command instanceof Command.Ping ping) {
                link.send(new Report.Pong(ping.sentNanos(), System.nanoTime(), System.currentTimeMillis()));
            } else if (command != null) {
                return command;
            }
        }
    }

    void awaitEnd(Class<? extends Command> kind) throws InterruptedException {
        while (!kind.isInstance(await())) Thread.onSpinWait();
    }

    void send(Report report) {
        link.send(report);
    }

    void event(EventRow event) {
        link.send(new Report.Rows(List.of(event), List.of(), List.of(), List.of(), List.of()));
    }

    /** A window of a second, in which so many messages are delivered by ten nodes. */
    void window(int delivered, Consumer<MetricSet> more) {
        window(delivered, (windows + 1) * 1_000L, more);
    }

    void window(int delivered, long endMs, Consumer<MetricSet> more) {
        metrics.add(Metric.DELIVERED, 0, delivered);
        metrics.record(Metric.HEAP, 1 << 20);
        metrics.record(Metric.TESTER_BUSY, 0.1);
        metrics.recordNanos(Metric.TESTER_LAG, 0, 1_000_000, 1);
        more.accept(metrics);
        link.send(new Report.Window(
                windows,
                windows * 1_000L,
                endMs,
                metrics.takeWindow(Levels.METRICS),
                Collections.nCopies(1, 10),
                Collections.nCopies(1, 0),
                false,
                0.1,
                1,
                1,
                100L * ++windows));
    }

    /** Reports that it lives, and nothing else. */
    void live(Duration span) throws InterruptedException {
        for (long left = span.toMillis(); left > 0; left -= 100) {
            link.send(new Report.Progress(1, 10, 1, 0, 0, 0, 0, 0));
            Command ignored = link.poll(Duration.ofMillis(100));
        }
    }

    /** Takes a command, if one comes in that time, and does nothing. */
    void pause(Duration span) throws InterruptedException {
        Command ignored = link.poll(span);
    }

    void skipWindow() {
        windows++;
    }

    void end() {
        link.send(new Report.Ended(List.of("watched"), List.of(), drops));
    }

    void leave() {
        link.close();
    }
}
