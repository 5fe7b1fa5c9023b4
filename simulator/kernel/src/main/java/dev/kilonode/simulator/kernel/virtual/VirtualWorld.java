package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Digest;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.EndpointLock;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.kernel.world.WorldSampler;
import dev.kilonode.simulator.settings.Capability;
import dev.kilonode.simulator.settings.CostConfig;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.settings.NetworkConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final int FIRST_IP = 10 << 24 | 1;
    /** The addresses of 10.0.0.0/8. */
    private static final int MOST_HOSTS = (1 << 24) - 2;

    private final Engine engine;
    private final NetworkConfig network;
    private final CostConfig costConfig;
    private final CostTable costs;
    private final Seeds seeds;
    private final NetworkPaths paths;
    private final VirtualNetwork traffic;
    private final CallbackPool calls = new CallbackPool();
    private final EndpointLock.Law lockLaw;
    private final RandomStream lockChance;
    private final Digest digest = new Digest();
    private final List<VirtualHost> hosts = new ArrayList<>();
    private final Map<NodeAddress, VirtualEndpoint> endpoints = new HashMap<>(); // looked up, never iterated over
    private int lastHost = -1;
    private int nodeNumbers;

    public VirtualWorld(Engine engine, NetworkConfig network, CostConfig costs, Seeds seeds) {
        this.engine = engine;
        this.network = network;
        this.costConfig = costs;
        this.costs = new CostTable(costs);
        this.seeds = seeds;
        this.paths = new NetworkPaths(network, seeds);
        this.traffic = new VirtualNetwork(this, network);
        this.lockLaw = new EndpointLock.Law(costs.endpointLock());
        this.lockChance = seeds.stream("endpoint-lock");
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
        Processors processors = new Processors(engine, group.cores(), pingsPerSecond * costs.perDatagramNanos / 1e9);
        if (traffic.expectsChanges()) processors.expectChanges();
        VirtualHost host = new VirtualHost(this, group, ip(number), processors);
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

    /** The outcomes of all messages. */
    public MessageCounts accounts() {
        return traffic.accounts;
    }

    /** Digest of all deliveries so far: time, receiver, kind and size, in order. */
    public Digest digest() {
        return digest;
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
        traffic.tracked().pathsChanged(changed);
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
        return traffic.accounts.invariantsHold();
    }

    @Override
    public List<WorldSampler> samplers(MetricSet metrics) {
        return List.of(new FrameSampler(traffic.accounts, metrics));
    }

    @Override
    public String accountsInWords() {
        return traffic.accounts.toString();
    }

    @Override
    public void runUntil(long limitNanos) {
        engine.step(); // report progress even if no event is due
        engine.runUntil(limitNanos);
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

    @Override
    public String digestHex() {
        return digest.hex();
    }

    /** Nothing to release: all memory is on the heap. */
    @Override
    public void close() {}

    VirtualNetwork traffic() {
        return traffic;
    }

    NetworkPaths paths() {
        return paths;
    }

    CostTable costs() {
        return costs;
    }

    CallbackPool calls() {
        return calls;
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

    EndpointLock newEndpointLock() {
        return new EndpointLock(lockLaw, lockChance);
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

    /** Ends left-over connections after {@code delayNanos} of silence, unless the network keeps them. */
    void endWhenIdle(List<VirtualConnection> stranded, long delayNanos) {
        if (stranded.isEmpty()) return;
        engine.schedule(delayNanos, () -> {
            for (VirtualConnection half : stranded) half.owner.finish(half, CloseReason.IDLE);
        });
    }
}
