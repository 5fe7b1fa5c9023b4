package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Digest;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.EventSource;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.EndpointLock;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.kernel.world.WorldSampler;
import dev.kilonode.simulator.settings.Capability;
import dev.kilonode.simulator.settings.CostConfig;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.settings.NetworkConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hosts and the network between them, in virtual time. A run is determined by the configuration, the seed and the calls of the harness. The
 * digest over all deliveries shows whether two runs are equal.
 */
public final class VirtualWorld implements World {

    /** Some 0.1 s of wall time at 1000 nodes. */
    private static final long STRIDE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Fewer nodes than this fit into a processor's cache. */
    private static final int MANY_NODES = 100;

    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** More than the threads of most machines, so that each has several; each partition costs memory, and time in every window. */
    public static final int MOST_PARTITIONS = 16;

    private static final int FIRST_IP = 10 << 24 | 1;
    /** The addresses of 10.0.0.0/8. */
    private static final int MOST_HOSTS = (1 << 24) - 2;

    private final Engine engine = new Engine();
    private final NetworkConfig network;
    private final CostConfig costConfig;
    private final CostTable costs;
    private final Seeds seeds;
    private final NetworkPaths paths;
    private final VirtualNetwork traffic;
    private final Partition[] partitions;
    private final Windows windows;
    private final TrackedDeliveries tracked;
    private final EndpointLock.Law lockLaw;
    private final List<VirtualHost> hosts = new ArrayList<>();
    private final Map<NodeAddress, VirtualEndpoint> endpoints = new HashMap<>(); // looked up, never iterated over
    private int lastHost = -1;
    private int nodeNumbers;

    /** @param threads that run the hosts, 1 or more, the calling thread included; results do not depend on it */
    public VirtualWorld(NetworkConfig network, CostConfig costs, Seeds seeds, int threads) {
        this.network = network;
        this.costConfig = costs;
        this.costs = new CostTable(costs);
        this.seeds = seeds;
        this.paths = new NetworkPaths(network);
        this.traffic = new VirtualNetwork(this, network);
        this.lockLaw = new EndpointLock.Law(costs.endpointLock());
        this.partitions = new Partition[whyUndivided(network).isEmpty() ? MOST_PARTITIONS : 1];
        Arrays.setAll(partitions, number -> new Partition(number));
        this.tracked = new TrackedDeliveries(partitions);
        this.windows = new Windows(engine, partitions, paths, Math.min(threads, partitions.length));
    }

    /** Why all hosts of a network run in one partition, and so on one thread; empty if they do not. */
    public static String whyUndivided(NetworkConfig network) {
        Duration latency = Objects.requireNonNull(network.latency().get("default"));
        return latency.toNanos() >= NetworkPaths.NEAR_NANOS
                ? ""
                : "network.latency.default is below 1 ms, so that hosts act on each other at once";
    }

    /** Adds a host of {@code group} with the next number. */
    public VirtualHost addHost(HostGroup group) {
        return addHost(lastHost + 1, group);
    }

    @Override
    public VirtualHost addHost(int number, HostGroup group) {
        if (number >= MOST_HOSTS) throw new IllegalStateException("got more than " + MOST_HOSTS + " hosts");
        if (number <= lastHost) {
            throw new IllegalArgumentException("got host " + number + " after host " + lastHost);
        }
        lastHost = number;
        double pingsPerSecond = costConfig.endpointLock().packetsPerConnection().perSecond();
        Partition partition = partitions[paths.isNearOthers(group.region()) ? 0 : number % partitions.length];
        EventSource events = new EventSource(partition.engine, number + 1);
        Processors processors = new Processors(events, group.cores(), pingsPerSecond * costs.perDatagramNanos / 1e9);
        if (traffic.expectsChanges()) processors.expectChanges();
        VirtualHost host =
                new VirtualHost(this, partition, events, group, ip(number), processors, seeds.part("host/" + number));
        hosts.add(host);
        return host;
    }

    @Override
    public void expectHostChanges() {
        if (!hosts.isEmpty()) throw new IllegalStateException("got a host before the announcement that hosts change");
        traffic.expectChanges();
    }

    @Override
    public int ip(int number) {
        return FIRST_IP + number;
    }

    /** All hosts, in the order they were added. */
    public List<VirtualHost> hosts() {
        return Collections.unmodifiableList(hosts);
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public Seeds seeds() {
        return seeds;
    }

    @Override
    public Set<Capability> capabilities() {
        return Capability.VIRTUAL_TIME;
    }

    public NetworkConfig network() {
        return network;
    }

    @Override
    public int loops() {
        return partitions.length;
    }

    @Override
    public long nowNanos(int loop) {
        return partitions[loop].engine.nowNanos();
    }

    /** The outcomes of all messages up to now. */
    public MessageCounts accounts() {
        MessageCounts sum = new MessageCounts();
        for (Partition partition : partitions) sum.add(partition.accounts);
        return sum;
    }

    @Override
    public long eventsFired() {
        long fired = engine.eventsFired();
        for (Partition partition : partitions) fired += partition.engine.eventsFired();
        return fired;
    }

    /** Pending events, those of the harness included. */
    public long eventsPending() {
        long pending = engine.eventsPending();
        for (Partition partition : partitions) pending += partition.engine.eventsPending();
        return pending;
    }

    /** Multiplies the latency of every path by {@code factor}, in addition to the factors of the hosts. */
    public void setLatencyFactor(double factor) {
        paths.setLatencyFactor(factor);
        pathsChanged(null);
    }

    /** Multiplies the configured packet loss of every path by {@code factor}; the loss stays at most 1. */
    public void setLossFactor(double factor) {
        paths.setLossFactor(factor);
        pathsChanged(null);
    }

    /** Gives messages and answers that have not left yet the paths of this moment; those of one host, or of all if it is null. */
    void pathsChanged(@Nullable VirtualHost changed) {
        paths.setLeastHostFactor(
                hosts.stream().mapToDouble(VirtualHost::latencyFactor).min().orElse(1));
        tracked().pathsChanged(changed);
        for (VirtualHost host : hosts) host.pathsChanged(changed);
    }

    /** The endpoint that listens at {@code address}, or null. */
    public @Nullable VirtualEndpoint endpointAt(NodeAddress address) {
        return endpoints.get(address);
    }

    @Override
    public boolean isAlive(NodeAddress address) {
        return endpoints.get(address) != null;
    }

    /** Whether the message counts and the tables of all endpoints satisfy their invariants. Looks at every endpoint. */
    @Override
    public boolean invariantsHold() {
        for (VirtualHost host : hosts) {
            if (!host.invariantsHold()) return false;
        }
        return accounts().invariantsHold();
    }

    @Override
    public List<WorldSampler> samplers(MetricSet metrics) {
        return List.of(new FrameSampler(this, metrics));
    }

    @Override
    public String accountsInWords() {
        return accounts().toString();
    }

    @Override
    public void runUntil(long limitNanos) {
        engine.step(); // report progress even if no event is due
        windows.runUntil(limitNanos);
    }

    /**
     * Runs a full garbage collection. It places live objects in the order of their creation, node by node; a young collection before it
     * would mix objects of different nodes. With many nodes this saves cache misses, see ADR 6.
     */
    @Override
    public void populated() {
        if (endpoints.size() >= MANY_NODES) System.gc();
    }

    @Override
    public long strideNanos() {
        return STRIDE_NANOS;
    }

    @Override
    public long sampleNanos() {
        return SAMPLE_NANOS;
    }

    /** Digest of all deliveries so far, by receiving host: time, receiver, kind and size, in order. */
    @Override
    public String digestHex() {
        Digest all = new Digest();
        for (VirtualHost host : hosts) all.mix(host.digest);
        return all.hex();
    }

    @Override
    public void close() {
        windows.close();
    }

    VirtualNetwork traffic() {
        return traffic;
    }

    NetworkPaths paths() {
        return paths;
    }

    CostTable costs() {
        return costs;
    }

    /** @throws IllegalStateException if hosts do not change in this world */
    TrackedDeliveries tracked() {
        if (!traffic.expectsChanges()) throw new IllegalStateException("deliveries in transit cannot be moved");
        return tracked;
    }

    /** The least time from a cause at one host to an effect at another. */
    long leastCrossingNanos() {
        return windows.leastCrossingNanos();
    }

    /** Loses the bulk transfers that occupy a link and whose other end is cut off now. */
    void cutTransfers() {
        for (VirtualHost host : hosts) host.cutTransfers();
    }

    boolean keepsDeadConnections() {
        return network.keepsDeadConnections();
    }

    long idleTimeoutNanos() {
        return network.idleTimeout().toNanos();
    }

    long dialTimeoutNanos() {
        return network.dialTimeout().toNanos();
    }

    EndpointLock newEndpointLock(VirtualHost host) {
        return new EndpointLock(lockLaw, host.lockChance);
    }

    AddressHistory newAddressHistory(Processors processors) {
        return new AddressHistory(costConfig.sideTables(), processors);
    }

    int nextNodeNumber() {
        return nodeNumbers++;
    }

    void opened(VirtualEndpoint endpoint) {
        endpoints.put(endpoint.localAddress(), endpoint);
    }

    void closed(VirtualEndpoint endpoint) {
        endpoints.remove(endpoint.localAddress(), endpoint);
    }

    /** Ends left-over connections after {@code delayNanos} of silence. Between two windows. */
    void endWhenIdle(List<VirtualConnection> stranded, long delayNanos) {
        if (stranded.isEmpty()) return;
        engine.schedule(delayNanos, () -> {
            for (VirtualConnection half : stranded) half.owner.finish(half, CloseReason.IDLE);
        });
    }
}
