package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Event;
import dev.kilonode.simulator.kernel.world.CoreQueue;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.kernel.world.RawPeer;
import dev.kilonode.simulator.settings.HostGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One host in wall time: an address and the faults that apply to it. All hosts share the cores and the bandwidth of the machine,
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
    private final PathFaults paths;
    private boolean paused;
    private double coreSpeedFactor = 1;
    private long busyNanos;

    /** The cores, once a fault has slowed them down. */
    private @Nullable CoreQueue slowCores;

    private final NarrowedLink up;
    private final NarrowedLink down;

    WallHost(WallWorld world, NodeLoop loop, HostGroup group, int ip) {
        this.world = world;
        this.loop = loop;
        this.group = group;
        this.ip = ip;
        paths = new PathFaults(world, group.region(), false);
        up = new NarrowedLink(loop.engine(), world::nowNanos, group.up().bytesPerSecond());
        down = new NarrowedLink(loop.engine(), world::nowNanos, group.down().bytesPerSecond());
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

    /**
     * Time that the workers spent on signatures of this host's nodes, or that its cores would have spent while a fault slowed them down.
     * The work of the event loop is not measured per host.
     */
    @Override
    public long busyNanos(long nowNanos) {
        return busyNanos + (slowCores == null ? 0 : (long) slowCores.workedNanos(nowNanos));
    }

    @Override
    public long bytesUp() {
        return up.passedBytes();
    }

    @Override
    public long bytesDown() {
        return down.passedBytes();
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
        paths.isolate(cutOff, () -> {
            for (WallNode node : nodes()) node.closeAcross(CloseReason.IDLE);
        });
    }

    @Override
    public void refuse(boolean refusing) {
        paths.refuse(refusing);
    }

    /** The loop that runs its nodes. */
    NodeLoop home() {
        return loop;
    }

    PathFaults paths() {
        return paths;
    }

    /** The nodes on this host; a copy. */
    List<WallNode> nodes() {
        return new ArrayList<>(nodes.values());
    }

    /** Meanwhile the results of the workers, also those of slow cores, are deferred, so that no consumer continues. */
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
        up.setFactor(factor);
        down.setFactor(factor);
        updateCalm();
    }

    /** Frames that still wait after a fault disturb the calm until the last has passed. */
    private void updateCalm() {
        world.updateCalm();
        long backlogNanos = up.backlogNanos();
        if (backlogNanos > 0) world.engine().schedule(backlogNanos, this::updateCalm);
    }

    /** Results of the workers then take as long as on cores of this speed. More than the speed of the machine is not possible. */
    @Override
    public void setCoreSpeedFactor(double factor) {
        double before = coreSpeedFactor;
        coreSpeedFactor = Math.min(1, factor);
        if (coreSpeedFactor == before) return;
        if (slowCores == null) {
            slowCores = new CoreQueue(loop.engine(), group.cores(), world.nowNanos(), 1 / coreSpeedFactor);
        } else {
            slowCores.setSlowdown(world.nowNanos(), 1 / coreSpeedFactor);
        }
    }

    @Override
    public void setLatencyFactor(double factor) {
        paths.setLatencyFactor(factor);
    }

    @Override
    public void setLossFactor(double factor) {
        paths.setLossFactor(factor);
    }

    /** Whether a fault of this host may lose or delay frames. */
    boolean isImpaired() {
        return !up.isOpen() || paths.isImpaired();
    }

    /** The uplink, through which frames to other nodes pass before they take their delay. */
    NarrowedLink up() {
        return up;
    }

    /** The downlink, through which received frames pass before the node sees them. */
    NarrowedLink down() {
        return down;
    }

    /**
     * Counts work of a worker for a node of this host.
     *
     * @param then runs on the loop when slower cores would have done the work
     * @return false if it is done already, and {@code then} does not run
     */
    boolean worksOn(long tookNanos, Runnable then) {
        long nowNanos = world.nowNanos();
        if (slowCores == null || coreSpeedFactor == 1 && slowCores.backlogNanos(nowNanos) == 0) {
            busyNanos += tookNanos;
            return false;
        }
        return slowCores.runSince(nowNanos - tookNanos, nowNanos, tookNanos, new SlowResult(then));
    }

    private static final class SlowResult extends Event {

        private final Runnable then;

        SlowResult(Runnable then) {
            this.then = then;
        }

        @Override
        protected void fire() {
            then.run();
        }
    }

    void closed(WallNode node) {
        nodes.remove(node.address().port(), node);
        node.closed();
        world.closed(node);
    }

    void shutdown() {
        for (WallNode node : nodes()) node.endpoint().shutdown(true);
    }

    private static int following(int port) {
        return port == LAST_PORT ? FIRST_PORT : port + 1;
    }

    @Override
    public String toString() {
        return group.name() + " " + new NodeAddress(ip, 0);
    }
}
