package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.engine.EventSource;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.NodeTimers;
import java.util.random.RandomGenerator;

/** A node's runtime in virtual time: the engine's clock, the cores of its host and the costs of the cost model. */
public final class VirtualRuntime implements NodeRuntime, NodeTimers {

    /** When virtual runs begin, in seconds since 1970: 2026-04-01T00:00:00Z. */
    public static final long START_UNIX_SECONDS = 1_775_001_600L;

    private final EventSource events;
    private final Processors processors;
    private final CostTable costs;
    private final CallbackPool calls;
    private final RandomStream random;
    private boolean halted;
    private int timersWaiting;
    private long timersStarted;

    VirtualRuntime(
            EventSource events, Processors processors, CostTable costs, CallbackPool calls, RandomStream random) {
        this.events = events;
        this.processors = processors;
        this.costs = costs;
        this.calls = calls;
        this.random = random;
    }

    @Override
    public long nowNanos() {
        return events.nowNanos();
    }

    @Override
    public long unixSeconds() {
        return START_UNIX_SECONDS + events.nowNanos() / 1_000_000_000L;
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        Alarm alarm = new Alarm(this, task);
        events.schedule(alarm, events.later(delayNanos));
        timersStarted++;
        timersWaiting++;
        return alarm;
    }

    @Override
    public void callAfter(long delayNanos, Runnable task) {
        callAt(events.later(delayNanos), task);
    }

    @Override
    public void wakeUp(Runnable task) {
        processors.wakeUp(events.nowNanos(), costs.wakeUpNanos, calls.take(this, null, task));
    }

    @Override
    public void run(Work work, Runnable then) {
        double nanos = costs.priceNanos(work.kind(), work.bytes());
        if (nanos == 0) {
            work.compute();
            then.run();
        } else {
            processors.run(events.nowNanos(), nanos, calls.take(this, work, then));
        }
    }

    @Override
    public void run(WorkKind kind, long bytes, Runnable then) {
        double nanos = costs.priceNanos(kind, bytes);
        if (nanos == 0) then.run();
        else processors.run(events.nowNanos(), nanos, calls.take(this, null, then));
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
        events.schedule(calls.take(this, null, then), atNanos);
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
            boolean ignored = callOff();
        }
    }
}
