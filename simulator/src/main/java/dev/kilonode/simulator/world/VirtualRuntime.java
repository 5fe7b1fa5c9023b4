package dev.kilonode.simulator.world;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Timer;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.simulator.engine.Engine;
import dev.kilonode.simulator.engine.Event;
import dev.kilonode.simulator.engine.Stream;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A node's runtime in virtual time: the engine's clock, its host's cores, the prices of the cost model. */
public final class VirtualRuntime implements NodeRuntime {

    /** When virtual runs begin, in seconds since 1970: 2026-04-01T00:00:00Z. */
    public static final long START_UNIX_SECONDS = 1_775_001_600L;

    private final Engine engine;
    private final Processors processors;
    private final CostTable costs;
    private final Stream random;
    private boolean halted;

    VirtualRuntime(Engine engine, Processors processors, CostTable costs, Stream random) {
        this.engine = engine;
        this.processors = processors;
        this.costs = costs;
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
        return callAt(engine.later(delayNanos), null, task);
    }

    @Override
    public void wakeUp(Runnable task) {
        callAt(processors.nextFreeNanos(engine.nowNanos()) + costs.wakeUpNanos, null, task);
    }

    @Override
    public void run(Work work, Runnable then) {
        double nanos = costs.priceNanos(work.kind(), work.bytes());
        if (nanos == 0) {
            work.compute();
            then.run();
        } else {
            callAt(processors.occupy(engine.nowNanos(), nanos), work, then);
        }
    }

    @Override
    public void run(WorkKind kind, long bytes, Runnable then) {
        double nanos = costs.priceNanos(kind, bytes);
        if (nanos == 0) then.run();
        else callAt(processors.occupy(engine.nowNanos(), nanos), null, then);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /** Nothing is called back any more, as when the process is killed. */
    public void halt() {
        halted = true;
    }

    public boolean isHalted() {
        return halted;
    }

    void callAt(long atNanos, Runnable then) {
        callAt(atNanos, null, then);
    }

    private Call callAt(long atNanos, @Nullable Work work, Runnable then) {
        Call call = new Call(this, work, then);
        engine.schedule(call, atNanos);
        return call;
    }

    /** One call back into the node. */
    private static final class Call extends Event implements Timer {

        private final VirtualRuntime runtime;
        private final @Nullable Work work;
        private final Runnable then;

        Call(VirtualRuntime runtime, @Nullable Work work, Runnable then) {
            this.runtime = runtime;
            this.work = work;
            this.then = then;
        }

        @Override
        protected void fire() {
            if (runtime.halted) return;
            if (work != null) work.compute();
            then.run();
        }

        @Override
        public void cancel() {
            runtime.engine.cancel(this);
        }
    }
}
