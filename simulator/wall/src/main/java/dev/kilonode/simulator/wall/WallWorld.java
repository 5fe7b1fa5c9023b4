package dev.kilonode.simulator.wall;

import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.base.LinkStatistics;
import dev.kilonode.node.link.provider.Link;
import dev.kilonode.node.link.provider.LinkProvider;
import dev.kilonode.node.link.provider.SocketKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.RemoteNodes;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.kernel.world.WorldSampler;
import dev.kilonode.simulator.settings.Capability;
import dev.kilonode.simulator.settings.EndpointLockCost;
import dev.kilonode.simulator.settings.HostAddresses;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.settings.NetworkConfig;
import dev.kilonode.simulator.settings.WallConfig;
import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hosts and nodes in wall time. Hosts are distributed over {@link NodeLoop}s, which run their nodes. The harness runs on the thread that
 * created the world. All loops are paused while it runs, so that it may access all nodes; they resume within {@link #runUntil}.
 */
public final class WallWorld implements World {

    private static final long STRIDE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Engine engine = new Engine();
    private final Seeds seeds;
    private final WallConfig config;
    private final double phase;
    private final HostAddresses addresses;
    private final NetworkConfig network;
    private final EndpointLockCost lockCost;
    private final Link link;
    private final LinkConfig linkConfig;
    private final RawPeers rawPeers;
    private final Set<Capability> capabilities;
    private final LinkTotals linkTotals = new LinkTotals();
    private final Mailbox inbox;
    private final WorkerPool workers;
    private final List<NodeLoop> loops = new ArrayList<>();
    private final List<WallHost> hosts = new ArrayList<>();
    private final List<RemoteHost> remoteHosts = new ArrayList<>();

    /** By address, those of other processes too. Changed only by the harness. */
    private final IntObjectHashMap<PathFaults> paths = new IntObjectHashMap<>();

    private RemoteNodes remoteNodes = address -> RemoteNodes.Peer.GONE;

    /** Changed only by the harness. Used for look-ups, never iterated over. */
    private final Map<NodeAddress, WallNode> nodes = new HashMap<>();

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean begun;
    private boolean appointed;
    private volatile long startNanos;
    private volatile long startUnixSeconds;
    private int lastHost = -1;
    private boolean held = true;
    private boolean calm;

    /**
     * @param phase of 0 to 1: what this process does at intervals that stop it for a while, it does by so much of an interval earlier, so
     *     that the processes of a run do not all stop at once
     * @param addresses of all hosts of the run
     * @throws LinkException if the link is not available on this machine
     */
    public WallWorld(
            WallConfig config,
            double phase,
            HostAddresses addresses,
            LinkProvider link,
            Seeds seeds,
            NetworkConfig network,
            EndpointLockCost lockCost,
            long maxFrameBytes) {
        this.config = config;
        this.phase = phase;
        this.addresses = addresses;
        this.seeds = seeds;
        this.network = network;
        this.lockCost = lockCost;
        this.calm = !config.latency();
        this.link = link.newLink();
        this.linkConfig = LinkConfigs.of(config, network, maxFrameBytes);
        this.rawPeers = new RawPeers(link.sockets());
        this.capabilities = Capability.wallTime(link.sockets() != SocketKind.NONE);
        Thread harness = Thread.currentThread();
        this.inbox = new Mailbox(() -> LockSupport.unpark(harness));
        inbox.readBy(harness);
        for (int number = 0; number < config.loops(); number++) {
            loops.add(new NodeLoop(this, number));
        }
        this.workers = new WorkerPool(config.workers()); // last, because it starts threads: nothing after it may fail
    }

    /** Nanoseconds since the run began. Any thread. */
    @Override
    public long nowNanos() {
        return begun ? WallClock.nanos() - startNanos : 0;
    }

    long unixSeconds() {
        return startUnixSeconds + nowNanos() / 1_000_000_000L;
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
        return capabilities;
    }

    @Override
    public int loops() {
        return loops.size();
    }

    @Override
    public WallHost addHost(int number, HostGroup group) {
        if (number <= lastHost) {
            throw new IllegalArgumentException("got host " + number + " after host " + lastHost);
        }
        lastHost = number;
        WallHost host = new WallHost(this, loops.get(number % loops.size()), group, ip(number));
        hosts.add(host);
        paths.put(host.ip(), host.paths());
        return host;
    }

    @Override
    public boolean reachesOtherProcesses() {
        return true;
    }

    @Override
    public Host addRemoteHost(int number, HostGroup group) {
        RemoteHost host = new RemoteHost(this, group, ip(number));
        remoteHosts.add(host);
        paths.put(host.ip(), host.paths());
        return host;
    }

    @Override
    public void remoteNodes(RemoteNodes nodes) {
        remoteNodes = nodes;
    }

    @Override
    public int ip(int number) {
        return addresses.ip(number);
    }

    @Override
    public void runUntil(long limitNanos) {
        if (!begun && appointed) awaitBegin();
        else if (!begun) begin();
        try {
            while (true) {
                rethrow();
                long nowNanos = nowNanos();
                boolean over = nowNanos >= limitNanos || engine.isInterrupted();
                engine.step();
                if (over || engine.nothingBeforeNanos() <= nowNanos || !inbox.isEmpty()) {
                    hold();
                    act(limitNanos);
                    if (over) return;
                }
                release();
                sleep(Math.min(limitNanos, engine.nothingBeforeNanos()) - nowNanos());
            }
        } finally {
            hold();
        }
    }

    /** Runs the due events and the tasks of the harness. */
    private void act(long limitNanos) {
        engine.runUntil(Math.min(nowNanos(), limitNanos));
        for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
            engine.step();
            task.run();
            if (engine.isInterrupted()) return;
        }
    }

    private void sleep(long nanos) {
        inbox.sleeping(true);
        if (nanos > 0 && inbox.isEmpty() && failure.get() == null) {
            LockSupport.parkNanos(this, Math.min(nanos, LONGEST_SLEEP_NANOS));
        }
        inbox.sleeping(false);
    }

    private void hold() {
        if (held) return;
        for (NodeLoop loop : loops) loop.want();
        for (NodeLoop loop : loops) loop.hold();
        held = true;
    }

    private void release() {
        if (!held) return;
        for (NodeLoop loop : loops) loop.release();
        held = false;
    }

    /** Starts the clock, after all nodes have been created. */
    private void begin() {
        startUnixSeconds = WallClock.unixSeconds();
        startNanos = WallClock.nanos();
        begun = true;
    }

    @Override
    public void beginAt(long machineNanos, long unixSeconds) {
        if (begun) throw new IllegalStateException("the run has begun");
        startUnixSeconds = unixSeconds;
        startNanos = machineNanos;
        appointed = true;
    }

    /** Returns when the run begins, or without its begin once it is interrupted. */
    private void awaitBegin() {
        for (long left = startNanos - WallClock.nanos(); left > 0; left = startNanos - WallClock.nanos()) {
            if (engine.isInterrupted()) return;
            rethrow();
            engine.step();
            sleep(left);
        }
        begun = true;
    }

    @Override
    public void tell(Runnable task) {
        inbox.execute(task);
    }

    @Override
    public long strideNanos() {
        return STRIDE_NANOS;
    }

    @Override
    public boolean isRealTime() {
        return true;
    }

    @Override
    public List<WorldSampler> samplers(MetricSet metrics) {
        return List.of(new HarnessMonitor(this, metrics, config.collect()), new LinkSampler(this, metrics));
    }

    @Override
    public long sampleNanos() {
        return SAMPLE_NANOS;
    }

    @Override
    public long eventsFired() {
        long fired = engine.eventsFired();
        for (NodeLoop loop : loops) fired += loop.engine().eventsFired();
        return fired;
    }

    @Override
    public boolean invariantsHold() {
        LinkFrames links = linkTotals.frames();
        return loops.stream().allMatch(loop -> loop.frames().invariantsHold())
                && links.invariantsHold()
                && links.offered() <= frames().passed;
    }

    @Override
    public String accountsInWords() {
        return frames() + "; " + linkTotals.frames();
    }

    /** The outcomes of the frames of all nodes. Called while the loops are paused. */
    FrameCounts frames() {
        FrameCounts sum = new FrameCounts();
        for (NodeLoop loop : loops) sum.add(loop.frames());
        return sum;
    }

    /** Empty: runs in wall time are not reproducible. */
    @Override
    public String digestHex() {
        return "";
    }

    @Override
    public void close() {
        hold();
        for (WallHost host : hosts) host.shutdown();
        release(); // endpoints that workers are opening need the loops
        workers.close();
        loops.forEach(NodeLoop::close);
        inbox.close();
        rawPeers.close();
    }

    /** Total time asleep of each loop. */
    long[] asleepNanos() {
        return loops.stream().mapToLong(NodeLoop::asleepNanos).toArray();
    }

    /** Passes the delays of the loops since the last call to {@code reader}. */
    void readLag(LagListener reader) {
        for (NodeLoop loop : loops) loop.lag().read(reader);
    }

    /** Computations that ran on a loop because the queue of the workers was full. */
    long computedInline() {
        return workers.inline();
    }

    /** The frames and connections that endpoints have refused and lost so far, in all lives of nodes. */
    LinkStatistics readLinks() {
        return linkTotals.read();
    }

    LinkTotals linkTotals() {
        return linkTotals;
    }

    RawPeers rawPeers() {
        return rawPeers;
    }

    /** The link that carries the frames of all nodes. */
    Link link() {
        return link;
    }

    LinkConfig linkConfig() {
        return linkConfig;
    }

    /** By how much the first collection of garbage during the run comes before a whole interval has passed. */
    long collectAheadNanos() {
        return (long) (phase * config.collect().toNanos());
    }

    WallConfig config() {
        return config;
    }

    NetworkConfig network() {
        return network;
    }

    EndpointLockCost lockCost() {
        return lockCost;
    }

    WorkerPool workers() {
        return workers;
    }

    /** Ends the run with {@code thrown}, an error on another thread. Any thread. */
    void fail(Throwable thrown) {
        if (failure.compareAndSet(null, thrown)) tell(() -> {});
    }

    private void rethrow() {
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException known) throw known;
        if (thrown instanceof Error error) throw error;
        if (thrown != null) throw new IllegalStateException("on another thread: " + thrown, thrown);
    }

    /** Called when a fault of a host begins or ends. */
    void updateCalm() {
        calm = !config.latency()
                && hosts.stream().noneMatch(WallHost::isImpaired)
                && remoteHosts.stream().noneMatch(host -> host.paths().isImpaired());
    }

    /**
     * Whether all frames pass without delay or loss, so that the state of the remote host, which may be on another loop, need not be read.
     */
    boolean isCalm() {
        return calm;
    }

    void opened(WallNode node) {
        nodes.put(node.address(), node);
    }

    void closed(WallNode node) {
        nodes.remove(node.address(), node);
    }

    @Override
    public boolean isAlive(NodeAddress address) {
        return peerAt(address) != RemoteNodes.Peer.GONE;
    }

    /** What is at {@code address} now; of a host of another process, as far as it is known. */
    RemoteNodes.Peer peerAt(NodeAddress address) {
        WallNode node = nodes.get(address);
        if (node != null) return node.isClient() ? RemoteNodes.Peer.CLIENT : RemoteNodes.Peer.NODE;
        return isRemote(address) ? remoteNodes.at(address) : RemoteNodes.Peer.GONE;
    }

    /** Whether another process runs the host at {@code address}. Called for each frame. */
    boolean isRemote(NodeAddress address) {
        if (remoteHosts.isEmpty()) return false;
        PathFaults to = paths.get(address.ip());
        return to != null && to.isRemote();
    }

    /** The faults of the host at {@code address}, of this process or of another; null if it is no host of the run. */
    @Nullable
    PathFaults pathsTo(NodeAddress address) {
        return paths.get(address.ip());
    }

    /** Closes all connections of nodes of this process to the host at {@code ip}. */
    void closeAllTo(int ip, CloseReason reason) {
        for (WallHost host : hosts) {
            for (WallNode node : host.nodes()) node.closeTo(ip, reason);
        }
    }
}
