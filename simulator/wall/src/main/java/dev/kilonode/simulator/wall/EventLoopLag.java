package dev.kilonode.simulator.wall;

import dev.kilonode.simulator.kernel.engine.Event;

/** Measures the delay of an event loop for its timers and for the tasks in its mailbox, and the delay of the workers. Runs on the loop. */
final class EventLoopLag extends Event {

    private static final long EVERY_NANOS = 10_000_000L;
    private static final int MOST = 4_096;

    private final WallWorld world;
    private final NodeLoop loop;
    private final long[] timers = new long[MOST];
    private final long[] tasks = new long[MOST];
    private final long[] computations = new long[MOST];
    private int timersSeen;
    private int tasksSeen;
    private int computationsSeen;

    EventLoopLag(WallWorld world, NodeLoop loop) {
        this.world = world;
        this.loop = loop;
    }

    @Override
    protected void fire() {
        long nowNanos = world.nowNanos();
        if (timersSeen < MOST) timers[timersSeen++] = nowNanos - atNanos();
        loop.execute(() -> {
            if (tasksSeen < MOST) tasks[tasksSeen++] = world.nowNanos() - nowNanos;
        });
        world.workers()
                .compute(() -> loop.execute(() -> {
                    if (computationsSeen < MOST) computations[computationsSeen++] = world.nowNanos() - nowNanos;
                }));
        loop.engine().schedule(this, nowNanos + EVERY_NANOS);
    }

    /** Passes the measurements since the last call to {@code reader}. */
    void read(LagListener reader) {
        for (int i = 0; i < timersSeen; i++) reader.timer(timers[i]);
        for (int i = 0; i < tasksSeen; i++) reader.task(tasks[i]);
        for (int i = 0; i < computationsSeen; i++) reader.computation(computations[i]);
        timersSeen = 0;
        computationsSeen = 0;
        tasksSeen = 0;
    }
}
