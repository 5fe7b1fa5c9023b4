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
 * One host in wall time: a loopback address of its own, and the faults that hit it. Cores and bandwidth are those of the machine that
 * runs all hosts, until a fault takes some away.
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
    private final List<Runnable> keptBack = new ArrayList<>(); // bounded by what the nodes have under way
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

    /** Time the workers spent on signatures of this host's nodes; what their loop does for them is not told apart. */
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
     * Frames between this host and others are lost meanwhile, and nobody reaches it; connections that are still cut when the idle
     * time-out has passed die at both ends.
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

    /** Where its nodes live. */
    NodeLoop home() {
        return loop;
    }

    boolean isRefusing() {
        return refusing;
    }

    /** What the workers have computed for its nodes is kept back meanwhile, so that no consumer goes on. */
    @Override
    public void pause(boolean paused) {
        this.paused = paused;
        if (paused) return;
        List<Runnable> computed = List.copyOf(keptBack);
        keptBack.clear();
        computed.forEach(loop::execute);
    }

    /** Keeps {@code computed} back while the host stands still. Returns whether it does. */
    boolean keepBack(Runnable computed) {
        if (paused) keptBack.add(computed);
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

    /** Whether frames may be lost or late because of this host. */
    boolean isImpaired() {
        return isolated || bandwidthFactor < 1 || latencyFactor != 1 || lossFactor > 1;
    }

    /** Whether nothing passes between this host and {@code other} now. */
    boolean isCutFrom(WallHost other) {
        return this != other && (isolated || other.isolated);
    }

    /** How long a frame to {@code other} waits, for all that faults and the scenario's latency take. */
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
                && loop.lossChance().nextDouble()
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

    /** A worker has computed for a node of this host. Returns how much longer slower cores would have taken. */
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
