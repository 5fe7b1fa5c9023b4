package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.EventSource;
import dev.kilonode.simulator.kernel.world.CoreQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cores of one host, which serve work first come, first served. Because the order is that of the requests, the completion time follows
 * from the times at which the cores become free, and is known at the request. Background work (keep-alive datagrams) needs no events: it
 * takes a share of every core's speed, at most {@value #MOST_QUIET}. A change of background work applies to later requests.
 *
 * <p>A change of speed applies to all unfinished work, background work included. From the first change on, a {@link CoreQueue} serves the
 * cores, and changes of background work apply to unfinished work as well. Only processors that expect changes can change: until the first
 * change they record unfinished work, and complete it at the same times as others.
 */
public final class Processors {

    private static final double MOST_QUIET = 0.95;

    private final EventSource clock;
    private final long[] freeAtNanos;
    private final double quietCoresPerConnection;
    private int connections;
    private double quietCores;
    private double speed = 1;
    private double quietShare;
    private double slowdown = 1;

    /** Core time reserved so far, past and future. */
    private long takenNanos;

    private long passedNanos;

    /** Time worked since the first change of speed. */
    private double workedNanos;

    private double busyNanos;
    private long accountedUntilNanos;

    private boolean expectsChanges;

    /** Unfinished work in the order of the requests; only before the first change, if changes are expected. */
    private final List<Job> jobs = new ArrayList<>();

    private int manyJobs = 64;

    /** Serves the cores from the first change of speed on. */
    private @Nullable CoreQueue queue;

    /**
     * @param slowdown at the request: it contributes to the time of the work
     * @param event fires when the core is done, or later; null if nothing waits for the work
     * @param thenNanos delay of the event after that, whatever the speed
     */
    private record Job(
            int core,
            long startNanos,
            long doneNanos,
            double slowdown,
            @Nullable MovableEvent event,
            long thenNanos) {}

    /** @param quietCoresPerConnection cores that the keep-alives of one connection keep busy */
    Processors(EventSource clock, int cores, double quietCoresPerConnection) {
        this.clock = clock;
        this.freeAtNanos = new long[cores];
        this.quietCoresPerConnection = quietCoresPerConnection;
    }

    public int cores() {
        return freeAtNanos.length;
    }

    /** Allows changes of speed. Called before the first request. */
    void expectChanges() {
        expectsChanges = true;
    }

    /** Whether the speed has changed, so that completion times are not known at the request. */
    boolean hasChanged() {
        return queue != null;
    }

    /**
     * Reserves the core that becomes free first for {@code costNanos} at full speed.
     *
     * @return when the work is done; if the speed {@link #hasChanged}, when it would be done at the present speed
     */
    long occupy(long nowNanos, double costNanos) {
        return queue == null ? reserve(nowNanos, costNanos, null) : queue.occupy(nowNanos, costNanos);
    }

    /** As {@link #occupy}, and fires {@code event} when the work is done. */
    void run(long nowNanos, double costNanos, MovableEvent event) {
        if (queue == null) clock.schedule(event, reserve(nowNanos, costNanos, event));
        else queue.run(nowNanos, costNanos, event);
    }

    /**
     * As {@link #occupy}, for work that {@code event} follows after a delay. The caller schedules the event. If the speed changes before
     * the work is done, its copy fires when the work is done. Must not be called after a change.
     */
    long occupyFor(long nowNanos, double costNanos, MovableEvent event) {
        if (queue != null)
            throw new IllegalStateException("the speed has changed, so the time of completion is unknown");
        return reserve(nowNanos, costNanos, event);
    }

    /** Fires {@code event} {@code thenNanos} after a core is free for a task that becomes runnable now. */
    void wakeUp(long nowNanos, long thenNanos, MovableEvent event) {
        if (queue != null) {
            queue.wakeUp(nowNanos, thenNanos, event);
            return;
        }
        int core = earliest();
        long freeNanos = Math.max(nowNanos, freeAtNanos[core]);
        clock.schedule(event, Engine.after(freeNanos, thenNanos));
        if (expectsChanges) record(nowNanos, new Job(core, freeNanos, freeNanos, slowdown, event, thenNanos));
    }

    /** Lets {@code by} take the place of {@code event}, which waits for the end of its work. */
    void replace(MovableEvent event, MovableEvent by) {
        jobs.replaceAll(job -> job.event == event
                ? new Job(job.core, job.startNanos, job.doneNanos, job.slowdown, by, job.thenNanos)
                : job);
    }

    private long reserve(long nowNanos, double costNanos, @Nullable MovableEvent event) {
        int core = earliest();
        long startNanos = Math.max(nowNanos, freeAtNanos[core]);
        long doneNanos = Engine.after(startNanos, (long) Math.ceil(costNanos * slowdown));
        freeAtNanos[core] = doneNanos;
        takenNanos += doneNanos - startNanos;
        if (expectsChanges) record(nowNanos, new Job(core, startNanos, doneNanos, slowdown, event, 0));
        return doneNanos;
    }

    private void record(long nowNanos, Job job) {
        if (job.doneNanos <= nowNanos) return;
        if (jobs.size() >= manyJobs) {
            jobs.removeIf(one -> one.doneNanos <= nowNanos);
            manyJobs = Math.max(64, 2 * jobs.size());
        }
        jobs.add(job);
    }

    /** Counts {@code by} more connections in the tables of the host's endpoints; negative: fewer. */
    void addConnections(long nowNanos, int by) {
        accountUntil(nowNanos);
        connections += by;
        recompute(nowNanos);
    }

    /** Keeps {@code more} cores busy with background work besides keep-alives; negative: fewer. */
    void addQuietCores(long nowNanos, double more) {
        if (more == 0) return;
        accountUntil(nowNanos);
        quietCores += more;
        recompute(nowNanos);
    }

    /**
     * Runs every core at {@code factor} of its speed, also for unfinished work.
     *
     * @throws IllegalStateException if changes are not expected
     */
    void setSpeed(long nowNanos, double factor) {
        if (!(factor > 0)) throw new IllegalArgumentException("got core speed " + factor + ", expected more than 0");
        if (factor == speed) return;
        if (!expectsChanges) throw UnexpectedChange.of("the speed of the cores");
        accountUntil(nowNanos);
        speed = factor;
        recompute(nowNanos);
        if (queue == null) queue = queueOfJobs(nowNanos);
    }

    /** Work on one core follows without gaps, so the rest of each is its own part of the time until the core becomes free. */
    private CoreQueue queueOfJobs(long nowNanos) {
        CoreQueue from = new CoreQueue(clock, freeAtNanos.length, nowNanos, slowdown);
        for (Job job : jobs) {
            if (job.doneNanos <= nowNanos) continue;
            MovableEvent event = job.event != null && job.event.callOff() ? job.event.copy() : null;
            double restNanos = (job.doneNanos - Math.max(nowNanos, job.startNanos)) / job.slowdown;
            from.resume(job.core, restNanos, event, job.thenNanos);
        }
        jobs.clear();
        from.begin();
        return from;
    }

    /** Core time used up to now over all cores, background work included. Never more than the time passed. */
    public long busyNanos(long nowNanos) {
        accountUntil(nowNanos);
        return (long) busyNanos;
    }

    /** Core time of unfinished requests, over all cores. */
    public long backlogNanos(long nowNanos) {
        if (queue != null) return queue.backlogNanos(nowNanos);
        long backlogNanos = 0;
        for (long free : freeAtNanos) backlogNanos = Engine.after(backlogNanos, Math.max(0, free - nowNanos));
        return backlogNanos;
    }

    /** Share of every core that background work takes, in [0, 1]. */
    public double quietShare() {
        return quietShare;
    }

    /** Connections whose keep-alives these cores process. */
    public int connections() {
        return connections;
    }

    /** Updates the busy time: a working core is busy fully, an idle one for the share of background work. */
    private void accountUntil(long nowNanos) {
        busyNanos += workedSinceNanos(nowNanos) * (1 - quietShare)
                + quietShare * freeAtNanos.length * (nowNanos - accountedUntilNanos);
        accountedUntilNanos = nowNanos;
    }

    /** Time that the cores have worked since the last call, over all cores. */
    private double workedSinceNanos(long nowNanos) {
        if (queue != null) {
            double before = workedNanos;
            workedNanos = queue.workedNanos(nowNanos);
            return workedNanos - before;
        }
        long passed = takenNanos; // both may overflow, their difference does not
        for (long free : freeAtNanos) passed -= Math.max(0, free - nowNanos);
        long since = passed - passedNanos;
        passedNanos = passed;
        return since;
    }

    private void recompute(long nowNanos) {
        double quiet = connections * quietCoresPerConnection + quietCores;
        quietShare = Math.min(MOST_QUIET, quiet / (freeAtNanos.length * speed));
        slowdown = 1 / (speed * (1 - quietShare));
        if (queue != null) queue.setSlowdown(nowNanos, slowdown);
    }

    private int earliest() {
        int earliest = 0;
        for (int core = 1; core < freeAtNanos.length; core++) {
            if (freeAtNanos[core] < freeAtNanos[earliest]) earliest = core;
        }
        return earliest;
    }

    @Override
    public String toString() {
        return (queue == null ? "cores free at " + Arrays.toString(freeAtNanos) : queue) + ", quiet share "
                + quietShare;
    }
}
