package dev.kilonode.simulator.world;

import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.engine.Event;

/** A sender learns what became of its frame. */
final class SendOutcome extends Event {

    private final VirtualRuntime runtime;
    private final SendListener listener;
    private final boolean acknowledged;

    SendOutcome(VirtualRuntime runtime, SendListener listener, boolean acknowledged) {
        this.runtime = runtime;
        this.listener = listener;
        this.acknowledged = acknowledged;
    }

    @Override
    protected void fire() {
        if (runtime.isHalted()) return;
        if (acknowledged) listener.acknowledged();
        else listener.sendFailed();
    }
}
