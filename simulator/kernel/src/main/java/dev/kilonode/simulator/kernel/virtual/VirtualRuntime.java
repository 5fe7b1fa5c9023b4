package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.NodeTimers;
import java.util.random.RandomGenerator;

/** A node's runtime in virtual time: the engine's clock, the cores of its host and the costs of the cost model. */
public final class VirtualRuntime implements NodeRuntime, NodeTimers {

    /** When virtual runs begin, in seconds since 1970: 2026-04-01T00:00:00Z. */
    public static final long START_UNIX_SECONDS = 1_775_001_600L;

    private final Engine engine;
    private final Processors processors;
    private final CostTable costs;
    private final CallbackPool calls;
    private final RandomStream random;
    private boolean halted;
    private int timersWaiting;
    private long timersStarted;

    VirtualRuntime(Engine engine, Processors processors, CostTable costs, CallbackPool calls, RandomStream random) {
        this.engine = engine;
        this.processors = processors;
        this.costs = costs;
        this.calls = calls;
        this.random = random;
    }

    @Override
    public long nowNanos() {
        return engine.nowNanos();
    }

    @Override
    public long unixSeconds() {
        return START_UNIX_SECONDS + engine.nowNanos() / 1_000_000_000L;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        Alarm alarm = new Alarm(this, task);
        engine.schedule(alarm, engine.later(delayNanos));
        timersStarted++;
        timersWaiting++;
        return alarm;
    }

    @Override
    public void callAfter(long delayNanos, Runnable task) {
        callAt(engine.later(delayNanos), task);
    }

    @Override
    public void wakeUp(Runnable task) {
        processors.wakeUp(engine.nowNanos(), costs.wakeUpNanos, calls.take(this, null, task));
    }

    @Override
    public void run(Work work, Runnable then) {
        double nanos = costs.priceNanos(work.kind(), work.bytes());
        if (nanos == 0) {
            work.compute();
            then.run();
        } else {
            processors.run(engine.nowNanos(), nanos, calls.take(this, work, then));
        }
    }

    @Override
    public void run(WorkKind kind, long bytes, Runnable then) {
        double nanos = costs.priceNanos(kind, bytes);
        if (nanos == 0) then.run();
        else processors.run(engine.nowNanos(), nanos, calls.take(this, null, then));
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /** Suppresses all further callbacks, as if the process had been killed. */
    public void halt() {
        halted = true;
    }

    public boolean isHalted() {
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

    CallbackPool calls() {
        return calls;
    }

    void callAt(long atNanos, Runnable then) {
        engine.schedule(calls.take(this, null, then), atNanos);
    }

    /** A callback that the node can cancel and that is therefore not pooled. */
    private static final class Alarm extends Event implements Timer {

        private final VirtualRuntime runtime;
        private final Runnable task;

        Alarm(VirtualRuntime runtime, Runnable task) {
            this.runtime = runtime;
            this.task = task;
        }

        @Override
        protected void fire() {
            runtime.timersWaiting--;
            if (!runtime.halted) task.run();
        }

        @Override
        public void cancel() {
            if (isScheduled()) runtime.timersWaiting--;
            runtime.engine.cancel(this);
        }
    }
}
