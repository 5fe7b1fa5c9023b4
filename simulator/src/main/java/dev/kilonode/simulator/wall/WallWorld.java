package dev.kilonode.simulator.wall;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.engine.Engine;
import dev.kilonode.simulator.engine.Event;
import dev.kilonode.simulator.engine.Seeds;
import dev.kilonode.simulator.engine.Stream;
import dev.kilonode.simulator.world.EndpointLockCost;
import dev.kilonode.simulator.world.HostGroup;
import dev.kilonode.simulator.world.NetworkConfig;
import dev.kilonode.simulator.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hosts and nodes in wall time. The thread that made it is the node thread: it calls every node, fires every timer when the
 * machine's clock says so, and takes from the inbox what workers and links have to tell.
 */
public final class WallWorld implements World {

    private static final long STRIDE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Timers have their turn again after so many tasks of the inbox. */
    private static final int BATCH = 64;

    private final Engine engine = new Engine();
    private final Seeds seeds;
    private final WallConfig config;
    private final NetworkConfig network;
    private final EndpointLockCost lockCost;
    private final Stream lockChance;
    private final Stream lossChance;
    private final Link link;
    private final Strangers strangers;
    private final LinkTotals linkTotals = new LinkTotals();
    private final Inbox inbox = new Inbox(Thread.currentThread());
    private final Workers workers;
    private final Lag lag = new Lag();
    private final List<WallHost> hosts = new ArrayList<>();
    private final Map<NodeAddress, WallNode> nodes = new HashMap<>(); // looked up, never iterated over
    private final FrameAccount frames = new FrameAccount();
    private volatile @Nullable Throwable failure;
    private volatile boolean begun;
    private volatile long startNanos;
    private long startUnixSeconds;
    private long busyNanos;

    /** @throws LinkException if this machine cannot carry the link */
    public WallWorld(
            WallConfig config, Seeds seeds, NetworkConfig network, EndpointLockCost lockCost, long maxFrameBytes) {
        this.config = config;
        this.seeds = seeds;
        this.network = network;
        this.lockCost = lockCost;
        this.lockChance = seeds.stream("endpoint-lock");
        this.lossChance = seeds.stream("loss");
        this.link = Links.of(config, network, maxFrameBytes);
        this.strangers = new Strangers(config.link());
        this.workers = new Workers(config.workers());
        engine.schedule(lag, 0);
    }

    /** Nanoseconds since the run began. Any thread. */
    long nowNanos() {
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
    public List<WallHost> addHosts(HostGroup group) {
        List<WallHost> added = new ArrayList<>(group.count());
        for (int i = 0; i < group.count(); i++) {
            WallHost host = new WallHost(this, group, Addresses.ip(config.firstAddress(), hosts.size()));
            hosts.add(host);
            added.add(host);
        }
        return added;
    }

    @Override
    public void runUntil(long limitNanos) {
        if (!begun) begin();
        while (true) {
            long nowNanos = nowNanos();
            rethrow();
            boolean over = nowNanos >= limitNanos;
            engine.runUntil(Math.min(nowNanos, limitNanos));
            if (over) return;
            int taken = takeFromInbox();
            busyNanos += nowNanos() - nowNanos;
            if (taken > 0) continue;
            long untilNanos = Math.min(limitNanos, engine.nothingBeforeNanos());
            long sleepNanos = Math.min(untilNanos - nowNanos(), LONGEST_SLEEP_NANOS);
            if (sleepNanos > 0) inbox.sleep(sleepNanos);
        }
    }

    /** The clock starts when everything is there. */
    private void begin() {
        startUnixSeconds = WallClock.unixSeconds();
        startNanos = WallClock.nanos();
        begun = true;
    }

    private int takeFromInbox() {
        for (int taken = 0; taken < BATCH; taken++) {
            Runnable task = inbox.poll();
            if (task == null) return taken;
            task.run();
        }
        return BATCH;
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
    public boolean balanced() {
        return frames.balanced();
    }

    @Override
    public String accountsInWords() {
        return frames.toString();
    }

    /** No two runs are alike. */
    @Override
    public String digestHex() {
        return "";
    }

    @Override
    public void close() {
        for (WallHost host : hosts) host.shutdown();
        workers.close();
        while (takeFromInbox() > 0) {} // endpoints that workers have opened just now are shut down as well
        inbox.close();
        strangers.close();
        link.close();
    }

    /** Time for which the node thread was not asleep. */
    public long busyNanos() {
        return busyNanos;
    }

    /** Gives what was measured of the node thread's lateness since the last call to {@code reader}. */
    public void readLag(LagReader reader) {
        lag.read(reader);
    }

    /** Computations that the workers had no room for, so that the node thread did them. */
    public long computedInline() {
        return workers.inline();
    }

    /** Tasks that wait for the node thread. */
    public long inboxWaiting() {
        return inbox.waiting();
    }

    /** What the endpoints of all lives so far have refused and lost. */
    public LinkReading readLinks() {
        return linkTotals.read();
    }

    LinkTotals linkTotals() {
        return linkTotals;
    }

    Strangers strangers() {
        return strangers;
    }

    /** What became of the frames. */
    FrameAccount frames() {
        return frames;
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

    Stream lockChance() {
        return lockChance;
    }

    Stream lossChance() {
        return lossChance;
    }

    Link link() {
        return link;
    }

    Inbox inbox() {
        return inbox;
    }

    Workers workers() {
        return workers;
    }

    /** Calls {@code task} on the node thread. Any thread. */
    void execute(Runnable task) {
        inbox.execute(task);
    }

    /** A worker could not compute: the run ends with it. Any thread. */
    void fail(Throwable thrown) {
        failure = thrown;
    }

    private void rethrow() {
        Throwable thrown = failure;
        if (thrown instanceof LinkException link) throw link;
        if (thrown != null) throw new IllegalStateException("on a worker: " + thrown, thrown);
    }

    /** Calls {@code task} on the node thread, {@code delayNanos} from now. */
    void after(long delayNanos, Runnable task) {
        engine.schedule(nowNanos() - engine.nowNanos() + delayNanos, task);
    }

    void opened(WallNode node) {
        nodes.put(node.address(), node);
    }

    void closed(WallNode node) {
        nodes.remove(node.address(), node);
    }

    @Override
    public boolean isAlive(NodeAddress address) {
        return nodes.containsKey(address);
    }

    /** Who lives at {@code address} now, or null. */
    @Nullable
    WallNode at(NodeAddress address) {
        return nodes.get(address);
    }

    /** Measures how late the node thread is for its timers and for what waits in the inbox, and how late the workers are. */
    private final class Lag extends Event {

        private static final long EVERY_NANOS = 10_000_000L;
        private static final int MOST = 4_096;

        private final long[] timers = new long[MOST];
        private final long[] tasks = new long[MOST];
        private final long[] computations = new long[MOST];
        private int timersSeen;
        private int tasksSeen;
        private int computationsSeen;

        @Override
        protected void fire() {
            long nowNanos = nowNanos();
            if (timersSeen < MOST) timers[timersSeen++] = nowNanos - atNanos();
            execute(() -> {
                if (tasksSeen < MOST) tasks[tasksSeen++] = nowNanos() - nowNanos;
            });
            workers.compute(() -> execute(() -> {
                if (computationsSeen < MOST) computations[computationsSeen++] = nowNanos() - nowNanos;
            }));
            engine.schedule(this, nowNanos + EVERY_NANOS);
        }

        void read(LagReader reader) {
            for (int i = 0; i < timersSeen; i++) reader.timer(timers[i]);
            for (int i = 0; i < tasksSeen; i++) reader.task(tasks[i]);
            for (int i = 0; i < computationsSeen; i++) reader.computation(computations[i]);
            timersSeen = 0;
            computationsSeen = 0;
            tasksSeen = 0;
        }
    }
}
