package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.kernel.engine.Event;

/** Reports the outcome of a frame to its sender. */
final class SendCompletion extends Event {

    private final VirtualRuntime runtime;
    private final SendListener listener;
    private final boolean acknowledged;

    SendCompletion(VirtualRuntime runtime, SendListener listener, boolean acknowledged) {
        this.runtime = runtime;
        this.listener = listener;
        this.acknowledged = acknowledged;
    }

    SendListener listener() {
        return listener;
    }

    @Override
    protected void fire() {
        if (runtime.isHalted()) return;
        if (acknowledged) listener.acknowledged();
        else listener.sendFailed();
    }
}
