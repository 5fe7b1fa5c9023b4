package dev.kilonode.simulator.wall;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.NodeTimers;
import java.util.random.RandomGenerator;

/**
 * A node's runtime in wall time: the machine's clock and the loop of its host. Signatures run on the workers. Other work is done by the
 * loop itself and takes no additional time.
 */
final class WallRuntime implements NodeRuntime, NodeTimers {

    private final WallWorld world;
    private final WallHost host;
    private final Engine engine;
    private final RandomStream random;
    private boolean halted;
    private int timersWaiting;
    private long timersStarted;

    WallRuntime(WallWorld world, WallHost host, RandomStream random) {
        this.world = world;
        this.host = host;
        this.engine = host.home().engine();
        this.random = random;
    }

    /** Any thread. */
    @Override
    public long nowNanos() {
        return world.nowNanos();
    }

    @Override
    public long unixSeconds() {
        return world.unixSeconds();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        Call call = new Call(this, task, true);
        timersStarted++;
        timersWaiting++;
        long atNanos = world.nowNanos() + delayNanos;
        engine.schedule(call, atNanos < 0 ? Long.MAX_VALUE : atNanos);
        return call;
    }

    @Override
    public void wakeUp(Runnable task) {
        engine.schedule(
                new Call(this, task, false),
                world.nowNanos() + world.config().wakeUp().toNanos());
    }

    @Override
    public void run(Work work, Runnable then) {
        world.workers().compute(new Job(this, work, then));
    }

    @Override
    public void run(WorkKind kind, long bytes, Runnable then) {
        then.run();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /** Suppresses all further callbacks, as if the process had been killed. */
    void halt() {
        halted = true;
    }

    boolean isHalted() {
        return halted;
    }

    @Override
    public int waiting() {
        return timersWaiting;
    }

    @Override
    public long started() {
        return timersStarted;
    }

    /** One callback into the node. */
    private static final class Call extends Event implements Timer {

        private final WallRuntime runtime;
        private final Runnable then;
        private final boolean timer;

        Call(WallRuntime runtime, Runnable then, boolean timer) {
            this.runtime = runtime;
            this.then = then;
            this.timer = timer;
        }

        @Override
        protected void fire() {
            if (timer) runtime.timersWaiting--;
            if (!runtime.halted) then.run();
        }

        @Override
        public void cancel() {
            if (timer && isScheduled()) runtime.timersWaiting--;
            boolean ignored = callOff();
        }
    }

    /** A computation that runs on a worker and reports back to the loop. */
    private static final class Job implements Runnable {

        private final WallRuntime runtime;
        private final Work work;
        private final Runnable then;
        private boolean computed;
        private boolean counted;
        private long tookNanos;

        Job(WallRuntime runtime, Work work, Runnable then) {
            this.runtime = runtime;
            this.work = work;
            this.then = then;
        }

        /** Runs first on a worker, then on the loop, again if the host was paused, and again when slow cores are done. */
        @Override
        public void run() {
            if (computed) back();
            else compute();
        }

        private void compute() {
            long startNanos = WallClock.nanos();
            try {
                work.compute();
            } catch (Throwable e) {
                runtime.world.fail(e);
            }
            tookNanos = WallClock.nanos() - startNanos;
            computed = true;
            runtime.host.home().execute(this);
        }

        private void back() {
            if (runtime.host.defer(this)) return;
            if (!counted) {
                counted = true;
                if (runtime.host.worksOn(tookNanos, this)) return;
            }
            if (!runtime.halted) then.run();
        }
    }
}
