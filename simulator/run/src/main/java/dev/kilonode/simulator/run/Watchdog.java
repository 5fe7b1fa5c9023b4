package dev.kilonode.simulator.run;

import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a run ends, from a thread of its own that waits for nothing the run holds. It tells the run to stop when its time is over or
 * somebody has asked for it. Where the run does not react, or nothing goes on in it any more, a {@link StuckRun} is reported and the
 * process ended; not inside another program, whose process is not ours to end.
 */
public final class Watchdog implements AutoCloseable {

    /**
     * How long it waits.
     *
     * @param look between two looks
     * @param late after the planned end of a run in wall time, before it is told to stop
     * @param grace after a request to stop, or the end of the time that a run has
     * @param silence without an event or another step
     * @param report for the report of a stuck run; the report of one that has ended has {@code grace} and this
     * @param longestReport of work on the report of a run that ended in its time
     */
    record Limits(
            Duration look, Duration late, Duration grace, Duration silence, Duration report, Duration longestReport) {

        /** So that no run outlives its duration, its budget or a request to stop by 30 s. */
        static final Limits USUAL = new Limits(
                Duration.ofMillis(100),
                Duration.ofSeconds(8),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(8),
                Duration.ofSeconds(60));

        /** Tests are less patient. */
        static Limits ofProcess() {
            int divisor = Integer.getInteger("kilonode.watchdog.divisor", 1);
            return new Limits(
                    USUAL.look,
                    USUAL.late.dividedBy(divisor),
                    USUAL.grace.dividedBy(divisor),
                    USUAL.silence.dividedBy(divisor),
                    USUAL.report,
                    USUAL.longestReport);
        }
    }

    /** What counts of the time between two looks: a process that was suspended, or a machine that was, has not had that time. */
    private static final long LONGEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A process that has less of a processor than one part in so many waits for something. */
    private static final long LEAST_SHARE = 50;

    private final RunSpec request;
    private final StopSignal stop;
    private final Limits limits;
    private final @Nullable ProcessOwner owner;
    private final Thread runner = Thread.currentThread();
    private final long startedNanos = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** By the run when it has ended, or by this when it is stuck: whoever is first has the last word. */
    private final AtomicBoolean ended = new AtomicBoolean();

    private volatile @Nullable World world;
    private volatile @Nullable Path directory;
    private volatile boolean reporting;
    private volatile boolean overBudget;
    private volatile boolean late;

    // of its own thread
    private boolean wasReporting;
    private long progress = -1;
    private long silentNanos;
    private long askedNanos;
    private long sinceNanos;
    private long cpuNanos;

    /** Watches the run of the calling thread from now on, until it is closed. */
    Watchdog(RunSpec request, StopSignal stop, @Nullable ProcessOwner owner, Limits limits) {
        this.request = request;
        this.stop = stop;
        this.owner = owner;
        this.limits = limits;
        Thread thread = new Thread(this::watch, "kilonode-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    // Told by the run

    /** Where the run takes place; its network is to be made there. */
    void world(World world) {
        this.world = world;
        boolean ignored = stopRequested();
    }

    /** Where it is written down. */
    void directory(Path directory) {
        this.directory = directory;
    }

    /** It has ended; what is left is its report. */
    void reporting() {
        world = null; // so that the report has its memory
        reporting = true;
    }

    /** No more to watch. Does not return if the process is about to be ended. */
    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) closed.countDown();
        else rest();
    }

    // Asked by the run

    @Nullable
    Path directory() {
        return directory;
    }

    long wallNanos() {
        return System.nanoTime() - startedNanos;
    }

    /** Whether the run's real time was over before the run was. */
    boolean overBudget() {
        return overBudget;
    }

    /** Whether the run is to end now. Any thread. */
    boolean stopRequested() {
        if (!reporting) {
            overBudget |= pastBudget();
            late |= past(limits.late);
        }
        boolean asked = overBudget || late || stop.requested() || OutOfMemory.seen() != null;
        World running = world;
        if (asked && running != null) running.engine().interrupt();
        return asked;
    }

    /** Why this ended the run before its time, in words that go before "after 10 s of 3 min". */
    String why() {
        Duration budget = request.timeBudget();
        if (overBudget && budget != null) return "over its time budget of " + Durations.text(budget);
        if (stop.requested()) {
            return stop.cause() == ExitCode.INTERRUPTED ? "interrupted by Ctrl-C" : "interrupted by a request to stop";
        }
        if (OutOfMemory.seen() != null) return "out of memory";
        return late ? "later than planned, because this machine could not keep up," : "stopped";
    }

    private boolean pastBudget() {
        Duration budget = request.timeBudget();
        return budget != null && wallNanos() > budget.toNanos();
    }

    /** Whether a run in wall time is longer than its duration, and this. */
    private boolean past(Duration margin) {
        World running = world;
        var scenario = request.scenario().scenario();
        return running != null
                && scenario.clock() == Clock.WALL
                && running.nowNanos() > scenario.duration().plus(margin).toNanos();
    }

    // Its own thread

    private void watch() {
        long beforeNanos = System.nanoTime();
        try {
            while (!closed.await(limits.look.toMillis(), TimeUnit.MILLISECONDS)) {
                long nowNanos = System.nanoTime();
                String stuck = look(Math.min(nowNanos - beforeNanos, LONGEST_LOOK_NANOS));
                beforeNanos = nowNanos;
                if (stuck.isEmpty() || owner == null || !ended.compareAndSet(false, true)) continue;
                new StuckRun(request, stop, runner, directory, reporting, overBudget, stuck).end(owner, limits.report);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In what the run is stuck; empty if it is not. */
    private String look(long passedNanos) {
        boolean asked = stopRequested() || !reporting && (pastBudget() || past(Duration.ZERO));
        askedNanos = asked ? askedNanos + passedNanos : 0;
        World running = world;
        long now = running == null ? progress : running.engine().progress();
        boolean moved = now != progress || reporting != wasReporting;
        silentNanos = moved ? 0 : silentNanos + (reporting ? worked(passedNanos) : passedNanos);
        progress = now;
        wasReporting = reporting;
        Duration grace = reporting ? limits.grace.plus(limits.report) : limits.grace;
        Duration silence = reporting ? limits.longestReport : limits.silence;
        String what = reporting ? "its report did not come to an end" : "it did not stop";
        if (asked && askedNanos > grace.toNanos()) return what + " within " + Durations.text(grace);
        if (silentNanos <= silence.toNanos()) return "";
        String still = reporting ? what + " within " : "nothing has gone on in it for ";
        return still + Durations.text(silence);
    }

    /** What of that time this process had for its report: on a busy machine that is little, and no sign of a hang. One that waits has had all of it. */
    private long worked(long passedNanos) {
        sinceNanos += passedNanos;
        if (sinceNanos < TimeUnit.SECONDS.toNanos(1)) return 0;
        long nowNanos = LocalRunner.cpu().toNanos();
        long workedNanos = nowNanos - cpuNanos;
        long allNanos = sinceNanos;
        cpuNanos = nowNanos;
        sinceNanos = 0;
        return workedNanos < allNanos / LEAST_SHARE ? allNanos : Math.min(workedNanos, allNanos);
    }

    /** The process ends before this does. */
    private static void rest() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                continue;
            }
        }
    }
}
