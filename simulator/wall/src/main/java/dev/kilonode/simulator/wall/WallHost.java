package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.kernel.world.RawPeer;
import dev.kilonode.simulator.settings.HostGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One host in wall time: a loopback address and the faults that apply to it. All hosts share the cores and the bandwidth of the machine,
 * unless a fault reduces them for a host.
 */
final class WallHost implements Host {

    private static final int FIRST_PORT = 10_000;
    private static final int LAST_PORT = 65_535;

    private final WallWorld world;
    private final NodeLoop loop;
    private final HostGroup group;
    private final int ip;
    private final Map<Integer, WallNode> nodes = new TreeMap<>();
    private int nextPort = FIRST_PORT;
    private final List<Runnable> deferred = new ArrayList<>(); // limited by the work that its nodes have requested
    private boolean refusing;
    private boolean paused;
    private boolean isolated;
    private int isolations;
    private double bandwidthFactor = 1;
    private double coreSpeedFactor = 1;
    private double latencyFactor = 1;
    private double lossFactor = 1;
    private long uplinkFreeNanos;
    private long busyNanos;

    long bytesUp;
    long bytesDown;

    WallHost(WallWorld world, NodeLoop loop, HostGroup group, int ip) {
        this.world = world;
        this.loop = loop;
        this.group = group;
        this.ip = ip;
    }

    @Override
    public HostGroup group() {
        return group;
    }

    @Override
    public int loop() {
        return loop.number();
    }

    @Override
    public int ip() {
        return ip;
    }

    @Override
    public WallNode addNode(NodeSpec spec) {
        while (nodes.containsKey(nextPort)) nextPort = following(nextPort);
        int port = nextPort;
        nextPort = following(nextPort);
        return addNode(port, spec);
    }

    @Override
    public WallNode addNode(int port, NodeSpec spec) {
        if (nodes.containsKey(port)) {
            throw new IllegalArgumentException("got port " + port + " of " + this + ", expected one that is free");
        }
        WallNode node = new WallNode(world, this, new NodeAddress(ip, port), spec);
        nodes.put(port, node);
        world.opened(node);
        return node;
    }

    /** Time that the workers spent on signatures of this host's nodes. The work of the event loop is not measured per host. */
    @Override
    public long busyNanos(long nowNanos) {
        return busyNanos;
    }

    @Override
    public long bytesUp() {
        return bytesUp;
    }

    @Override
    public long bytesDown() {
        return bytesDown;
    }

    @Override
    public RawPeer newRawPeer() {
        return world.rawPeers().newRawPeer(ip);
    }

    /**
     * Meanwhile frames between this host and others are lost and dials to it fail. Connections that are still cut off after the idle
     * time-out are lost at both ends.
     */
    @Override
    public void isolate(boolean cutOff) {
        if (cutOff == isolated) return;
        isolated = cutOff;
        world.updateCalm();
        int isolation = ++isolations;
        if (!cutOff || world.network().keepsDeadConnections()) return;
        world.engine().schedule(world.network().idleTimeout().toNanos(), () -> {
            if (isolation != isolations) return;
            for (WallNode node : new ArrayList<>(nodes.values())) node.closeAcross(CloseReason.IDLE);
        });
    }

    @Override
    public void refuse(boolean refusing) {
        this.refusing = refusing;
    }

    /** The loop that runs its nodes. */
    NodeLoop home() {
        return loop;
    }

    boolean isRefusing() {
        return refusing;
    }

    /** Meanwhile the results of the workers for its nodes are deferred, so that no consumer continues. */
    @Override
    public void pause(boolean paused) {
        this.paused = paused;
        if (paused) return;
        List<Runnable> computed = List.copyOf(deferred);
        deferred.clear();
        computed.forEach(loop::execute);
    }

    /** Defers {@code computed} while the host is paused. Returns whether it did. */
    boolean defer(Runnable computed) {
        if (paused) deferred.add(computed);
        return paused;
    }

    @Override
    public void setBandwidthFactor(double factor) {
        bandwidthFactor = factor;
        world.updateCalm();
    }

    @Override
    public void setCoreSpeedFactor(double factor) {
        coreSpeedFactor = factor;
    }

    @Override
    public void setLatencyFactor(double factor) {
        latencyFactor = factor;
        world.updateCalm();
    }

    @Override
    public void setLossFactor(double factor) {
        lossFactor = factor;
        world.updateCalm();
    }

    /** Whether a fault of this host may lose or delay frames. */
    boolean isImpaired() {
        return isolated || bandwidthFactor < 1 || latencyFactor != 1 || lossFactor > 1;
    }

    /** Whether a partition separates this host from {@code other} now. */
    boolean isCutFrom(WallHost other) {
        return this != other && (isolated || other.isolated);
    }

    /** The delay of a frame to {@code other} by faults and by the latency of the scenario. */
    long delayNanos(WallHost other, int bytes) {
        long nanos = 0;
        double latency =
                Math.max(latencyFactor, other.latencyFactor) - (world.config().latency() ? 0 : 1);
        if (latency > 0) {
            nanos = (long) (latency
                    * world.network()
                            .latencyBetween(group.region(), other.group.region())
                            .toNanos());
        }
        double loss = Math.max(lossFactor, other.lossFactor);
        if (loss > 1
                && loop.lossRandom().nextDouble()
                        < loss * world.network().loss().value()) {
            nanos = Engine.after(nanos, world.network().retransmit().toNanos());
        }
        if (bandwidthFactor < 1) nanos = Engine.after(nanos, throttle(bytes));
        return nanos;
    }

    private long throttle(int bytes) {
        long nowNanos = world.nowNanos();
        double bytesPerSecond = group.up().bytesPerSecond() * bandwidthFactor;
        uplinkFreeNanos = Engine.after(Math.max(uplinkFreeNanos, nowNanos), (long) (bytes * 1e9 / bytesPerSecond));
        return uplinkFreeNanos - nowNanos;
    }

    /** Counts work of a worker for a node of this host. Returns the additional time that slower cores would have taken. */
    long worked(long nanos) {
        busyNanos += nanos;
        return coreSpeedFactor < 1 ? (long) (nanos / coreSpeedFactor) - nanos : 0;
    }

    void closed(WallNode node) {
        nodes.remove(node.address().port(), node);
        node.closed();
        world.closed(node);
    }

    void shutdown() {
        for (WallNode node : List.copyOf(nodes.values())) node.endpoint().shutdown(true);
    }

    private static int following(int port) {
        return port == LAST_PORT ? FIRST_PORT : port + 1;
    }

    @Override
    public String toString() {
        return group.name() + " " + new NodeAddress(ip, 0);
    }
}
