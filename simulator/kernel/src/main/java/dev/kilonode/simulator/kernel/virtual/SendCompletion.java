package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import org.jspecify.annotations.Nullable;

/** Reports the outcome of a frame to its sender, and counts it. */
final class SendCompletion extends Event {

    private final VirtualNetwork traffic;
    private final VirtualRuntime runtime;
    private final SendListener listener;

    /** Why the sender gives the frame up; null if it is acknowledged. A frame in transit changes it as it moves on. */
    @Nullable
    FrameFailure failure;

    SendCompletion(
            VirtualNetwork traffic, VirtualRuntime runtime, SendListener listener, @Nullable FrameFailure failure) {
        this.traffic = traffic;
        this.runtime = runtime;
        this.listener = listener;
        this.failure = failure;
    }

    SendListener listener() {
        return listener;
    }

    @Override
    protected void fire() {
        if (runtime.isHalted()) {
            traffic.accounts.giveUp(FrameFailure.NODE_STOPPED);
        } else if (failure == null) {
            traffic.accounts.acknowledge();
            listener.acknowledged();
        } else {
            traffic.accounts.giveUp(failure);
            listener.sendFailed();
        }
    }
}
