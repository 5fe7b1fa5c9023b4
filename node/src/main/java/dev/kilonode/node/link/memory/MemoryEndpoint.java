package dev.kilonode.node.link.memory;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.BaseConnection;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.base.PendingDial;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A node's endpoint on a {@link MemoryNetwork}. As on a real network, a dial to an address where nobody listens times out. */
public final class MemoryEndpoint extends AbstractEndpoint {

    private final MemoryNetwork network;
    private final @Nullable PeerId peer;

    /**
     * Starts listening.
     *
     * @param peer the identity that remote endpoints see as proved; null for none
     * @param nodeThread as for {@link AbstractEndpoint}
     * @param runtime as for {@link AbstractEndpoint}
     * @throws LinkException if {@code address} is in use
     */
    public MemoryEndpoint(
            MemoryNetwork network,
            NodeAddress address,
            @Nullable PeerId peer,
            Executor nodeThread,
            NodeRuntime runtime,
            LinkConfig config) {
        super(address, nodeThread, runtime, config);
        this.network = network;
        this.peer = peer;
        network.bind(this);
    }

    @Override
    protected void open(PendingDial dial) {
        MemoryEndpoint target = network.at(dial.remote());
        if (target == null) return; // the dial times out
        MemoryFrameChannel near = new MemoryFrameChannel(this, dial, target.peer);
        MemoryFrameChannel far = new MemoryFrameChannel(target, null, peer);
        near.join(far);
        far.attach(target.accept(far, localAddress(), dial.stamp(), peer));
    }

    @Override
    protected void stopListening() {
        network.unbind(this);
    }

    private BaseConnection accept(
            MemoryFrameChannel frameChannel, NodeAddress dialler, long stamp, @Nullable PeerId peer) {
        return accepted(frameChannel, dialler, stamp, peer);
    }

    void onNodeThread(Runnable task) {
        execute(task);
    }

    long maxFrameBytes() {
        return config().maxFrame().count();
    }
}
