package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.settings.HostGroup;

/**
 * A host that another process runs. Its faults apply to what the nodes of this process exchange with it. Faults of its cores, its bandwidth
 * and its nodes are applied by its own process, and do nothing here.
 */
final class RemoteHost implements Host {

    private final WallWorld world;
    private final HostGroup group;
    private final int ip;
    private final PathFaults paths;

    RemoteHost(WallWorld world, HostGroup group, int ip) {
        this.world = world;
        this.group = group;
        this.ip = ip;
        paths = new PathFaults(world, group.region(), true);
    }

    PathFaults paths() {
        return paths;
    }

    @Override
    public void tell(Runnable task) {
        world.tell(task);
    }

    @Override
    public HostGroup group() {
        return group;
    }

    @Override
    public int ip() {
        return ip;
    }

    @Override
    public NodeHandle addNode(NodeSpec spec) {
        throw notHere();
    }

    @Override
    public NodeHandle addNode(int port, NodeSpec spec) {
        throw notHere();
    }

    private static IllegalStateException notHere() {
        return new IllegalStateException("got a node for a host of another process");
    }

    /** Unknown here. */
    @Override
    public long busyNanos(long nowNanos) {
        return -1;
    }

    /** None pass here. */
    @Override
    public long bytesUp() {
        return 0;
    }

    /** None pass here. */
    @Override
    public long bytesDown() {
        return 0;
    }

    @Override
    public void isolate(boolean cutOff) {
        paths.isolate(cutOff, () -> world.closeAllTo(ip, CloseReason.IDLE));
    }

    @Override
    public void refuse(boolean refusing) {
        paths.refuse(refusing);
    }

    @Override
    public void pause(boolean paused) {
        // by its own process
    }

    @Override
    public void setBandwidthFactor(double factor) {
        // by its own process
    }

    @Override
    public void setCoreSpeedFactor(double factor) {
        // by its own process
    }

    @Override
    public void setLatencyFactor(double factor) {
        paths.setLatencyFactor(factor);
    }

    @Override
    public void setLossFactor(double factor) {
        paths.setLossFactor(factor);
    }
}
