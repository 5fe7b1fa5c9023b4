package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.NodeConfig;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.store.Datastore;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.transport.TransportDesigns;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.fault.FaultTargets;
import dev.kilonode.simulator.run.plan.PlannedNode;
import dev.kilonode.simulator.run.plan.PlannedRestart;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The network's nodes on the hosts of this process. It starts them, and restarts them by churn and after faults. */
final class NodeFleet implements FaultTargets {

    private final World world;
    private final NodeConfig config;

    /** By number; null for a node of another process. */
    private final List<@Nullable NodeSlot> slots = new ArrayList<>();

    private final List<NodeSlot> members = new ArrayList<>();
    private final List<PeerRecord> bootstraps;
    private final Iterator<PlannedRestart> churn;

    /** Null in a run of one process. */
    private final @Nullable NodesElsewhere elsewhere;

    private final MetricSet metrics;

    NodeFleet(
            World world,
            RunPlan plan,
            OwnedHosts hosts,
            Scenario scenario,
            TransportDesigns designs,
            Identities identities,
            @Nullable ChunkFolder chunks,
            List<MetricSet> metrics,
            DropRecorder drops) {
        this.world = world;
        this.churn = plan.churn().iterator();
        this.elsewhere = hosts.part().isWhole() ? null : new NodesElsewhere(world, plan, hosts.part());
        if (elsewhere != null && world.reachesOtherProcesses()) world.remoteNodes(elsewhere);
        this.config = new NodeConfig(
                designs, scenario.transport(), scenario.identity(), scenario.dht(), scenario.replication());
        this.metrics = metrics.get(0);
        for (PlannedNode node : plan.nodes()) {
            world.engine().checkpoint();
            Host host = hosts.at(node.host());
            slots.add(host == null ? null : slot(node, host, scenario, identities, chunks, metrics, drops));
        }
        for (NodeSlot slot : slots) {
            if (slot != null) members.add(slot);
        }
        this.bootstraps = plan.nodes().subList(0, scenario.nodes().bootstraps()).stream()
                .map(node -> recordOf(node, identities))
                .toList();
    }

    private static NodeSlot slot(
            PlannedNode node,
            Host host,
            Scenario scenario,
            Identities identities,
            @Nullable ChunkFolder chunks,
            List<MetricSet> metrics,
            DropRecorder drops) {
        NodeRecorder recorder = new NodeRecorder(metrics.get(host.loop()), node.number(), drops.of(host.loop()));
        MessageSigner signer = identities.named(node.name());
        Datastore datastore = chunks == null ? null : chunks.of(signer.self());
        ChunkStore store = new ChunkStore(scenario.store().capacity(), datastore, recorder);
        return new NodeSlot(node, host, signer, store, recorder);
    }

    /** The bootstrap peers of new nodes. */
    List<PeerRecord> bootstraps() {
        return bootstraps;
    }

    NodeConfig config() {
        return config;
    }

    /** The current address of a node; for a node of another process the one that the plan gives it now. */
    NodeAddress addressOf(PlannedNode node) {
        NodeSlot slot = slots.get(node.number());
        return slot == null
                ? Objects.requireNonNull(elsewhere).addressOf(node.number())
                : slot.record().address();
    }

    /** Another process of the run is lost, and with it its nodes. On the run's thread. */
    void processLost(int part) {
        if (elsewhere != null) elsewhere.processLost(part);
    }

    private PeerRecord recordOf(PlannedNode node, Identities identities) {
        NodeSlot slot = slots.get(node.number());
        if (slot != null) return slot.record();
        return new PeerRecord(identities.named(node.name()).self(), addressOf(node));
    }

    /** The number of nodes of the network, in all processes. */
    int count() {
        return slots.size();
    }

    /** All nodes of this process by number, running or not. */
    List<NodeSlot> members() {
        return Collections.unmodifiableList(members);
    }

    /** The number of running nodes of this process. */
    int up() {
        int up = 0;
        for (NodeSlot member : members) {
            if (member.node() != null) up++;
        }
        return up;
    }

    @Override
    public void kill(Host host) {
        for (NodeSlot member : members) {
            if (member.host() == host) member.stop(true);
        }
    }

    @Override
    public void revive(Host host) {
        for (NodeSlot member : members) {
            if (member.host() == host) restart(member);
        }
    }

    /** Schedules the start of each node, and begins churn. */
    void join() {
        for (NodeSlot member : members) {
            world.engine().checkpoint();
            world.engine().schedule(member.planned().joinNanos(), () -> member.start(config, bootstraps));
        }
        scheduleRestart();
        if (elsewhere != null) elsewhere.begin();
    }

    /** Whether a node listens at {@code address}. */
    boolean isAlive(NodeAddress address) {
        return world.isAlive(address);
    }

    private void restart(NodeSlot member) {
        if (member.node() != null) return;
        metrics.count(Metric.RESTARTS);
        member.start(config, bootstraps);
    }

    /** Schedules the next restart of a node of this process. */
    private void scheduleRestart() {
        while (churn.hasNext()) {
            PlannedRestart next = churn.next();
            NodeSlot member = slots.get(next.node());
            if (member == null) continue;
            at(next.downNanos(), () -> {
                member.stop(next.abrupt());
                if (next.moves()) member.move();
                at(next.upNanos(), () -> restart(member));
                scheduleRestart();
            });
            return;
        }
    }

    private void at(long nanos, Runnable task) {
        world.engine().schedule(nanos - world.engine().nowNanos(), task);
    }
}
