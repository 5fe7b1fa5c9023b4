package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cores of one host, which serve work first come, first served. Because the order is that of the requests, the completion time follows
 * from the times at which the cores become free, and is known at the request. Background work (keep-alive datagrams) needs no events: it
 * takes a share of every core's speed, at most {@value #MOST_QUIET}.
 *
 * <p>A change of speed applies to all unfinished work: queued work runs at the speed that the cores have when it starts. Handshakes in
 * progress keep their completion time. A change of background work applies to later requests.
 */
public final class Processors {

    private static final double MOST_QUIET = 0.95;

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
    private double busyNanos;
    private long accountedUntilNanos;

    /** Events at completion times; kept only where speeds change, which is known before the first request. */
    private final List<Pending> pending = new ArrayList<>();

    private boolean speedChanges;
    private int manyPending = 64;

    /**
     * @param coreNanos when the core completes the work
     * @param thenNanos delay of the event after that
     */
    private record Pending(Event event, long coreNanos, long thenNanos) {}

    /** Moves an event to another time. */
    interface Rescheduling {
        /** @return the event that replaces it */
        Event move(Event event, long atNanos);
    }

    /** @param quietCoresPerConnection cores that the keep-alives of one connection keep busy */
    Processors(int cores, double quietCoresPerConnection) {
        this.freeAtNanos = new long[cores];
        this.quietCoresPerConnection = quietCoresPerConnection;
    }

    public int cores() {
        return freeAtNanos.length;
    }

    /**
     * Reserves the core that becomes free first for {@code costNanos} at full speed.
     *
     * @return when the work is done
     */
    long occupy(long nowNanos, double costNanos) {
        int core = earliest();
        long startNanos = Math.max(nowNanos, freeAtNanos[core]);
        long doneNanos = Engine.after(startNanos, (long) Math.ceil(costNanos * slowdown));
        freeAtNanos[core] = doneNanos;
        takenNanos += doneNanos - startNanos;
        return doneNanos;
    }

    /** The earliest start of a task that becomes runnable now: now, or when the first core becomes free. */
    long nextFreeNanos(long nowNanos) {
        return Math.max(nowNanos, freeAtNanos[earliest()]);
    }

    /** Counts {@code by} more connections in the tables of the host's endpoints; negative: fewer. */
    void addConnections(long nowNanos, int by) {
        accountUntil(nowNanos);
        connections += by;
        recompute();
    }

    /** Keeps {@code more} cores busy with background work besides keep-alives; negative: fewer. */
    void addQuietCores(long nowNanos, double more) {
        if (more == 0) return;
        accountUntil(nowNanos);
        quietCores += more;
        recompute();
    }

    /** Keeps {@code event} at {@code thenNanos} after a core is done at {@code coreNanos}, and moves it when the speed changes. */
    void follow(Event event, long coreNanos, long thenNanos, long nowNanos) {
        if (!speedChanges) return;
        if (pending.size() >= manyPending) {
            pending.removeIf(one -> one.coreNanos <= nowNanos);
            manyPending = Math.max(64, 2 * pending.size());
        }
        pending.add(new Pending(event, coreNanos, thenNanos));
    }

    /** Runs every core at {@code factor} of its speed and moves the completion times of unfinished work accordingly. */
    void setSpeed(long nowNanos, double factor, Rescheduling events) {
        if (!(factor > 0)) throw new IllegalArgumentException("got core speed " + factor + ", expected more than 0");
        accountUntil(nowNanos);
        double before = slowdown;
        speed = factor;
        recompute();
        speedChanges = true;
        double ratio = slowdown / before;
        if (ratio == 1) return;
        for (int core = 0; core < freeAtNanos.length; core++) {
            if (freeAtNanos[core] <= nowNanos) continue;
            long free = stretched(nowNanos, freeAtNanos[core], ratio);
            takenNanos += free - freeAtNanos[core];
            freeAtNanos[core] = free;
        }
        pending.removeIf(one -> one.coreNanos <= nowNanos || !one.event.isScheduled());
        pending.replaceAll(one -> {
            long done = stretched(nowNanos, one.coreNanos, ratio);
            return new Pending(events.move(one.event, done + one.thenNanos), done, one.thenNanos);
        });
    }

    private static long stretched(long nowNanos, long atNanos, double ratio) {
        return Engine.after(nowNanos, (long) Math.ceil((atNanos - nowNanos) * ratio));
    }

    /** Core time used up to now over all cores, background work included. Never more than the time passed. */
    public long busyNanos(long nowNanos) {
        accountUntil(nowNanos);
        return (long) busyNanos;
    }

    /** Core time of unfinished requests, over all cores. */
    public long backlogNanos(long nowNanos) {
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
        long passed = takenNanos; // both may overflow, their difference does not
        for (long free : freeAtNanos) passed -= Math.max(0, free - nowNanos);
        busyNanos += (passed - passedNanos) * (1 - quietShare)
                + quietShare * freeAtNanos.length * (nowNanos - accountedUntilNanos);
        passedNanos = passed;
        accountedUntilNanos = nowNanos;
    }

    private void recompute() {
        double quiet = connections * quietCoresPerConnection + quietCores;
        quietShare = Math.min(MOST_QUIET, quiet / (freeAtNanos.length * speed));
        slowdown = 1 / (speed * (1 - quietShare));
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
        return "cores free at " + Arrays.toString(freeAtNanos) + ", quiet share " + quietShare;
    }
}
