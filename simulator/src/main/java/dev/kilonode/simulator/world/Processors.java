package dev.kilonode.simulator.world;

import dev.kilonode.simulator.engine.Engine;
import java.util.Arrays;

/**
 * The cores of one host: first come, first served. Because the order is that of the requests, the time at which work is
 * done is known when it is asked for, from when each core falls free. Quiet work (keep-alive datagrams) costs no events: it
 * takes its share of every core's speed, at most {@value #MOST_QUIET}.
 *
 * <p>A change of speed acts on work asked for afterwards.
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
    private double workNanos;
    private double quietNanos;
    private long quietSinceNanos;

    /** @param quietCoresPerConnection cores kept busy by the keep-alives of one connection */
    Processors(int cores, double quietCoresPerConnection) {
        this.freeAtNanos = new long[cores];
        this.quietCoresPerConnection = quietCoresPerConnection;
    }

    public int cores() {
        return freeAtNanos.length;
    }

    /**
     * Takes the core that falls free first for {@code costNanos} at full speed.
     *
     * @return when the work is done
     */
    long occupy(long nowNanos, double costNanos) {
        int core = earliest();
        long startNanos = Math.max(nowNanos, freeAtNanos[core]);
        long doneNanos = Engine.after(startNanos, (long) Math.ceil(costNanos * slowdown));
        freeAtNanos[core] = doneNanos;
        workNanos += doneNanos < Engine.END_NANOS ? costNanos / speed : (doneNanos - startNanos) / (slowdown * speed);
        return doneNanos;
    }

    /** When a task that becomes runnable now finds a core: now, or when the first falls free. */
    long nextFreeNanos(long nowNanos) {
        return Math.max(nowNanos, freeAtNanos[earliest()]);
    }

    /** Connections in the tables of the host's endpoints have become {@code by} more. */
    void addConnections(long nowNanos, int by) {
        settleQuiet(nowNanos);
        connections += by;
        recompute();
    }

    /** Keeps {@code more} cores busy with quiet work besides keep-alives; negative: fewer. */
    void addQuietCores(long nowNanos, double more) {
        if (more == 0) return;
        settleQuiet(nowNanos);
        quietCores += more;
        recompute();
    }

    /** Runs every core at {@code factor} of its speed. */
    void setSpeed(long nowNanos, double factor) {
        if (!(factor > 0)) throw new IllegalArgumentException("got core speed " + factor + ", expected more than 0");
        settleQuiet(nowNanos);
        speed = factor;
        recompute();
    }

    /** Core time that has been used up to now, quiet work included, over all cores. */
    public long busyNanos(long nowNanos) {
        settleQuiet(nowNanos);
        double backlogNanos = 0;
        for (long free : freeAtNanos) backlogNanos += Math.max(0, free - nowNanos);
        return (long) (workNanos + quietNanos - backlogNanos * (1 - quietShare));
    }

    /** Core time that is asked for and not yet done, over all cores. */
    public long backlogNanos(long nowNanos) {
        long backlogNanos = 0;
        for (long free : freeAtNanos) backlogNanos = Engine.after(backlogNanos, Math.max(0, free - nowNanos));
        return backlogNanos;
    }

    /** Share of every core that keep-alives take, in [0, 1]. */
    public double quietShare() {
        return quietShare;
    }

    /** Connections whose keep-alives these cores carry. */
    public int connections() {
        return connections;
    }

    private void settleQuiet(long nowNanos) {
        quietNanos += quietShare * freeAtNanos.length * (nowNanos - quietSinceNanos);
        quietSinceNanos = nowNanos;
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
