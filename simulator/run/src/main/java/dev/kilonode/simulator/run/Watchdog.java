package dev.kilonode.simulator.run;

import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.harness.WatchedRun;
import dev.kilonode.simulator.scenario.Clock;
import dev.kilonode.simulator.scenario.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that a run ends, from a thread of its own that waits for nothing the run holds. It tells the run to stop when its time is over
 * or a stop was requested. If the run does not react, or makes no progress, it reports a {@link StuckRun} and ends the process; not
 * inside another program, whose process is not ours to end.
 */
public final class Watchdog implements AutoCloseable {

    /**
     * Time limits.
     *
     * @param look interval between two looks
     * @param late time after the planned end of a run in wall time at which it is told to stop
     * @param grace time to stop after a request, or after the end of the run's time
     * @param silence time without progress
     * @param report time for the report of a stuck run; the report of an ended run has {@code grace} and this
     * @param longestReport processor time for the report of a run that ended in time
     */
    record Limits(
            Duration look, Duration late, Duration grace, Duration silence, Duration report, Duration longestReport) {

        /** Limits under which no run exceeds its duration, its budget or a request to stop by 30 s. */
        static final Limits USUAL = new Limits(
                Duration.ofMillis(100),
                Duration.ofSeconds(8),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(8),
                Duration.ofSeconds(60));

        /** The limits of this process; tests shorten them. */
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

    /** Most time that counts between two looks: while the process or the machine was suspended, no time has passed for the run. */
    private static final long LONGEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A process that uses less than this fraction of a processor is waiting for something. */
    private static final long LEAST_SHARE = 50;

    private final RunSpec request;
    private final StopSignal stop;
    private final Limits limits;
    private final @Nullable ProcessOwner owner;
    private final Thread runner = Thread.currentThread();
    private final long startedNanos = System.nanoTime();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Set by the run when it has ended, or by the watchdog when it hangs; the first one decides. */
    private final AtomicBoolean ended = new AtomicBoolean();

    private volatile @Nullable WatchedRun running;
    private volatile @Nullable Path directory;
    private volatile boolean reporting;
    private volatile boolean overBudget;
    private volatile boolean late;

    // used by the watchdog's thread only
    private boolean wasReporting;
    private long progress = -1;
    private long silentNanos;
    private long askedNanos;
    private long sinceNanos;
    private long cpuNanos;

    /** Watches the run of the calling thread until closed. */
    Watchdog(RunSpec request, StopSignal stop, @Nullable ProcessOwner owner, Limits limits) {
        this.request = request;
        this.stop = stop;
        this.owner = owner;
        this.limits = limits;
        Thread thread = new Thread(this::watch, "kilonode-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    // Called by the run

    /** Sets the run that is watched; to be called before its network is created. */
    void running(WatchedRun run) {
        running = run;
        boolean ignored = stopRequested();
    }

    /** Sets the world of a run in this process; to be called before its network is created. */
    void world(World world) {
        running(new WatchedRun() {
            @Override
            public long nowNanos() {
                return world.nowNanos();
            }

            @Override
            public long progress() {
                return world.engine().progress();
            }

            @Override
            public void interrupt() {
                world.engine().interrupt();
            }
        });
    }

    /** Sets the run directory. */
    void directory(Path directory) {
        this.directory = directory;
    }

    /** The run has ended; only its report is left. */
    void reporting() {
        running = null; // frees the memory for the report
        reporting = true;
    }

    /** Stops watching. Does not return if the process is about to be ended. */
    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) closed.countDown();
        else awaitHalt();
    }

    // Read by the run

    @Nullable
    Path directory() {
        return directory;
    }

    long wallNanos() {
        return System.nanoTime() - startedNanos;
    }

    /** Whether the run's real time was over before the run ended. */
    boolean overBudget() {
        return overBudget;
    }

    /** Whether the run is to stop now. Any thread. */
    boolean stopRequested() {
        if (!reporting) {
            overBudget |= pastBudget();
            late |= past(limits.late);
        }
        boolean asked = overBudget || late || stop.requested() || OutOfMemory.seen() != null;
        WatchedRun run = running;
        if (asked && run != null) run.interrupt();
        return asked;
    }

    /** Why the watchdog stopped the run early, as words before "after 10 s of 3 min". */
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

    /** Whether a run in wall time exceeds its duration by {@code margin}. */
    private boolean past(Duration margin) {
        WatchedRun run = running;
        var scenario = request.scenario().scenario();
        return run != null
                && scenario.clock() == Clock.WALL
                && run.nowNanos() > scenario.duration().plus(margin).toNanos();
    }

    // On the watchdog's own thread

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

    /** Where the run hangs, in words; empty if it does not. */
    private String look(long passedNanos) {
        boolean asked = stopRequested() || !reporting && (pastBudget() || past(Duration.ZERO));
        askedNanos = asked ? askedNanos + passedNanos : 0;
        WatchedRun run = running;
        long now = run == null ? progress : run.progress();
        boolean moved = now != progress || reporting != wasReporting;
        silentNanos = moved ? 0 : silentNanos + (reporting ? worked(passedNanos) : passedNanos);
        progress = now;
        wasReporting = reporting;
        Duration grace = reporting ? limits.grace.plus(limits.report) : limits.grace;
        Duration silence = reporting ? limits.longestReport : limits.silence;
        String what = reporting ? "its report did not end" : "it did not stop";
        if (asked && askedNanos > grace.toNanos()) return what + " within " + Durations.text(grace);
        if (silentNanos <= silence.toNanos()) return "";
        String still = reporting ? what + " within " : "it has made no progress for ";
        return still + Durations.text(silence);
    }

    /**
     * Part of the time that this process could use for its report: little on a busy machine, which is no hang. A process that waits has
     * used all of it.
     */
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

    /** Waits for the end of the process. */
    private static void awaitHalt() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                continue;
            }
        }
    }
}
