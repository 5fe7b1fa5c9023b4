package dev.kilonode.node.link;

import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** A node's runtime in wall time on whatever thread executes: work is done where it is asked for, and what follows it is a task. */
public abstract class ExecutorRuntime implements Executor, NodeRuntime {

    private final Random random = new Random(1);
    private final long startNanos = System.nanoTime();

    @Override
    public final long nowNanos() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public final long unixSeconds() {
        return System.currentTimeMillis() / 1000;
    }

    @Override
    public final void wakeUp(Runnable task) {
        execute(task);
    }

    @Override
    public final void run(Work work, Runnable then) {
        work.compute();
        execute(then);
    }

    @Override
    public final void run(WorkKind kind, long bytes, Runnable then) {
        execute(then);
    }

    @Override
    public final RandomGenerator random() {
        return random;
    }
}
