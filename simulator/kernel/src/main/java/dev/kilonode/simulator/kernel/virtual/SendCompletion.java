package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.SendListener;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import org.jspecify.annotations.Nullable;

/** Tells the sender of a frame that it gives it up now, and counts that. An event of the sender's host. */
final class SendCompletion extends Event {

    private final VirtualConnection from;
    private final SendListener listener;
    private final FrameFailure cause;

    /** The transfer that knows the cause; null if the cause is given. */
    private final @Nullable BulkTransfer transfer;

    SendCompletion(VirtualConnection from, SendListener listener, FrameFailure cause, @Nullable BulkTransfer transfer) {
        this.from = from;
        this.listener = listener;
        this.cause = cause;
        this.transfer = transfer;
    }

    SendListener listener() {
        return listener;
    }

    @Override
    protected void fire() {
        Partition partition = from.owner.host().partition();
        if (from.owner.runtime().isHalted()) {
            partition.accounts.giveUp(FrameFailure.NODE_STOPPED);
            return;
        }
        if (transfer != null) partition.givesUp(transfer);
        else partition.accounts.giveUp(cause);
        listener.sendFailed();
    }
}
