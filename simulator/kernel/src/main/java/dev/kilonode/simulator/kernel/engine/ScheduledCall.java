package dev.kilonode.simulator.kernel.engine;

import dev.kilonode.node.runtime.Timer;

/** A call of a {@link Runnable} on the virtual clock, for work that needs no event class of its own. */
public final class ScheduledCall extends Event implements Timer {

    private final Runnable task;

    public ScheduledCall(Runnable task) {
        this.task = task;
    }

    @Override
    protected void fire() {
        task.run();
    }

    @Override
    public void cancel() {
        callOff();
    }
}
