package dev.kilonode.node.link.memory;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.node.link.real.RealConnection;
import dev.kilonode.node.link.real.RealDial;
import dev.kilonode.node.link.real.RealEndpoint;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A node's endpoint on a {@link MemoryNetwork}. As on a real network, nothing answers a dial to where nobody listens. */
public final class MemoryEndpoint extends RealEndpoint {

    private final MemoryNetwork network;
    private final @Nullable PeerId peer;

    /**
     * Listens at once.
     *
     * @param peer who the other ends of its connections take it for, as if it had proved it; null for nobody
     * @param nodeThread as for {@link RealEndpoint}
     * @param runtime as for {@link RealEndpoint}
     * @throws IllegalStateException if {@code address} is taken
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
    protected void open(RealDial dial) {
        MemoryEndpoint target = network.at(dial.remote());
        if (target == null) return; // the dial's time-out tells
        MemoryLine near = new MemoryLine(this, dial, target.peer);
        MemoryLine far = new MemoryLine(target, null, peer);
        near.join(far);
        far.attach(target.accept(far, localAddress(), dial.stamp(), peer));
    }

    @Override
    protected void stopListening() {
        network.unbind(this);
    }

    private RealConnection accept(MemoryLine line, NodeAddress dialler, long stamp, @Nullable PeerId peer) {
        return accepted(line, dialler, stamp, peer);
    }

    void onNodeThread(Runnable task) {
        execute(task);
    }

    long maxFrameBytes() {
        return config().maxFrame().count();
    }
}
