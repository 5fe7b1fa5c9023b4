package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Digest;
import dev.kilonode.simulator.kernel.engine.EventSource;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.engine.ScheduledCall;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.settings.HostGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One machine: an IPv4 address, processor cores, and a link that its nodes share. Nodes of one host also communicate over the network. */
public final class VirtualHost implements Host {

    private static final int FIRST_PORT = 10_000;
    private static final int LAST_PORT = 65_535;

    private final VirtualWorld world;
    private final Partition partition;
    private final EventSource events;
    private final HostGroup group;
    private final int ip;
    private final Processors processors;
    private final Map<Integer, VirtualEndpoint> endpoints = new TreeMap<>();
    private int nextPort = FIRST_PORT;
    private boolean isolated;
    private int isolations;
    private long isolatedSinceNanos;
    private double bandwidthFactor = 1;
    private double latencyFactor = 1;
    private double lossFactor = 1;

    final int region;
    final FifoLink up;
    final FifoLink down;
    final FairLink bulkUp;
    final FairLink bulkDown;

    /** The random numbers of what this host sends. */
    final PathDraws paths;

    /** Random numbers of the locks of its endpoints. */
    final RandomStream lockChance;

    /** Digest of all deliveries to this host. */
    final Digest digest = new Digest();

    VirtualHost(
            VirtualWorld world,
            Partition partition,
            EventSource events,
            HostGroup group,
            int ip,
            Processors processors,
            Seeds seeds) {
        this.world = world;
        this.partition = partition;
        this.events = events;
        this.group = group;
        this.ip = ip;
        this.processors = processors;
        this.region = world.paths().region(group.region());
        this.up = new FifoLink(group.up().bytesPerSecond());
        this.down = new FifoLink(group.down().bytesPerSecond());
        this.bulkUp = new FairLink(events, group.up().bytesPerSecond(), up);
        this.bulkDown = new FairLink(events, group.down().bytesPerSecond(), down);
        this.paths = new PathDraws(seeds);
        this.lockChance = seeds.stream("endpoint-lock");
    }

    /**
     * Starts a node at the next free port; a port is used again only after all others have been used.
     *
     * @param name names the node's random stream; unique in the run, so a restarted node needs a new one
     * @param client whether it is a client, for the counts of connections
     */
    public VirtualNode newNode(String name, boolean client) {
        while (endpoints.containsKey(nextPort)) nextPort = following(nextPort);
        int port = nextPort;
        nextPort = following(nextPort);
        return newNode(port, name, client);
    }

    /**
     * Starts a node at {@code port}.
     *
     * @throws IllegalArgumentException if the port is in use
     */
    public VirtualNode newNode(int port, String name, boolean client) {
        if (endpoints.containsKey(port)) {
            throw new IllegalArgumentException(
                    "got port " + port + " of " + address(port) + ", expected one that is free");
        }
        VirtualRuntime runtime = new VirtualRuntime(
                events, processors, world.costs(), partition.calls, world.seeds().stream("node/" + name));
        VirtualEndpoint endpoint = new VirtualEndpoint(world, this, runtime, address(port), client);
        endpoints.put(port, endpoint);
        world.opened(endpoint);
        return new VirtualNode(name, this, runtime, endpoint);
    }

    @Override
    public VirtualNode addNode(NodeSpec spec) {
        VirtualNode node = newNode(spec.name(), spec.client());
        node.endpoint().certify(spec.self());
        return node;
    }

    @Override
    public VirtualNode addNode(int port, NodeSpec spec) {
        VirtualNode node = newNode(port, spec.name(), spec.client());
        node.endpoint().certify(spec.self());
        return node;
    }

    /** Schedules {@code task} on {@code other}; from a task of this host, no earlier than the least latency from now. */
    void sendTo(VirtualHost other, long atNanos, Runnable task) {
        partition.send(this, other, new ScheduledCall(task), atNanos);
    }

    @Override
    public int loop() {
        return partition.number;
    }

    /** The time of its nodes. */
    long nowNanos() {
        return events.nowNanos();
    }

    @Override
    public void tell(Runnable task) {
        partition.tell(task);
    }

    Partition partition() {
        return partition;
    }

    /** The source of all events of this host. */
    EventSource events() {
        return events;
    }

    @Override
    public HostGroup group() {
        return group;
    }

    @Override
    public int ip() {
        return ip;
    }

    public Processors processors() {
        return processors;
    }

    @Override
    public long busyNanos(long nowNanos) {
        return processors.busyNanos(nowNanos);
    }

    @Override
    public long bytesUp() {
        return up.passedBytes(nowNanos()) + (long) bulkUp.passedBytes();
    }

    @Override
    public long bytesDown() {
        return down.passedBytes(nowNanos()) + (long) bulkDown.passedBytes();
    }

    /** Running nodes. */
    public int nodes() {
        return endpoints.size();
    }

    /**
     * Cuts the host off from all others, or reconnects it. A message between it and another host is lost if it leaves the sender's uplink
     * or arrives meanwhile, and a bulk transfer also if it is passing a link when the cut begins. After the idle time-out its connections
     * to others are lost at both ends without a close.
     */
    @Override
    public void isolate(boolean cutOff) {
        if (cutOff == isolated) return;
        expectChange("the connection of a host");
        isolated = cutOff;
        int isolation = ++isolations;
        if (!cutOff) {
            world.tracked().reconnected(this, isolatedSinceNanos);
            return;
        }
        isolatedSinceNanos = world.engine().nowNanos();
        world.cutTransfers();
        world.engine().schedule(world.idleTimeoutNanos(), () -> {
            if (isolation == isolations) severOthers();
        });
    }

    public boolean isIsolated() {
        return isolated;
    }

    /** Sets both directions of the link to {@code factor} of their bandwidth, also for waiting frames. */
    @Override
    public void setBandwidthFactor(double factor) {
        if (!(factor > 0))
            throw new IllegalArgumentException("got bandwidth factor " + factor + ", expected more than 0");
        if (factor == bandwidthFactor) return;
        expectChange("the bandwidth");
        world.tracked().setBandwidth(this, world.engine().nowNanos(), bandwidthFactor, factor);
        bandwidthFactor = factor;
        bulkUp.setFactor(factor);
        bulkDown.setFactor(factor);
    }

    /** Sets the cores to {@code factor} of their speed, also for queued work. */
    @Override
    public void setCoreSpeedFactor(double factor) {
        processors.setSpeed(world.engine().nowNanos(), factor);
    }

    /**
     * Multiplies the latency of messages from and to this host by {@code factor}; between two hosts the greater factor applies. A message
     * takes the latency and the loss at the moment when it leaves the sender's uplink.
     */
    @Override
    public void setLatencyFactor(double factor) {
        if (factor == latencyFactor) return;
        expectChange("the latency");
        latencyFactor = factor;
        world.pathsChanged(this);
    }

    /** Multiplies the packet loss of messages from and to this host by {@code factor}; between two hosts the greater factor applies. */
    @Override
    public void setLossFactor(double factor) {
        if (factor == lossFactor) return;
        expectChange("the packet loss");
        lossFactor = factor;
        world.pathsChanged(this);
    }

    /** The latency or the loss of paths of {@code changed} has changed; of all if it is null. */
    void pathsChanged(@Nullable VirtualHost changed) {
        for (VirtualEndpoint endpoint : endpoints.values()) endpoint.pathsChanged(changed);
    }

    /** Loses the bulk transfers that occupy a link and whose other end is cut off now. */
    void cutTransfers() {
        for (VirtualEndpoint endpoint : endpoints.values()) endpoint.cutTransfers();
    }

    private void expectChange(String what) {
        if (!world.traffic().expectsChanges()) throw UnexpectedChange.of(what);
    }

    double latencyFactor() {
        return latencyFactor;
    }

    double lossFactor() {
        return lossFactor;
    }

    /** Whether a partition separates this host from {@code other} now. */
    boolean isCutFrom(VirtualHost other) {
        return this != other && (isolated || other.isolated);
    }

    boolean invariantsHold() {
        int connections = 0;
        for (VirtualEndpoint endpoint : endpoints.values()) {
            if (!endpoint.invariantsHold()) return false;
            connections += endpoint.openConnections();
        }
        return connections == processors.connections();
    }

    void closed(VirtualEndpoint endpoint) {
        endpoints.remove(endpoint.localAddress().port(), endpoint);
    }

    private void severOthers() {
        List<VirtualConnection> stranded = new ArrayList<>();
        for (VirtualEndpoint endpoint : endpoints.values()) endpoint.strandAcross(stranded);
        world.endWhenIdle(stranded, 0);
    }

    private NodeAddress address(int port) {
        return new NodeAddress(ip, port);
    }

    private static int following(int port) {
        return port == LAST_PORT ? FIRST_PORT : port + 1;
    }

    @Override
    public String toString() {
        return group.name() + " " + address(0);
    }
}
