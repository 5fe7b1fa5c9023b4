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
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.fault.FaultTargets;
import dev.kilonode.simulator.scenario.Churn;
import dev.kilonode.simulator.scenario.Nodes;
import dev.kilonode.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network's nodes: they join, live, restart at random and after faults. */
final class NodeFleet implements FaultTargets {

    private final World world;
    private final Scenario scenario;
    private final NodeConfig config;
    private final List<NodeSlot> members = new ArrayList<>();
    private final List<PeerRecord> bootstraps;
    private final MetricSet metrics;

    NodeFleet(
            World world,
            List<? extends Host> hosts,
            Scenario scenario,
            TransportDesigns designs,
            Identities identities,
            @Nullable ChunkFolder chunks,
            List<MetricSet> metrics,
            DropListener drops) {
        this.world = world;
        this.scenario = scenario;
        this.config = new NodeConfig(
                designs, scenario.transport(), scenario.identity(), scenario.dht(), scenario.replication());
        this.metrics = metrics.get(0);
        for (int number = 0; number < scenario.nodes().count(); number++) {
            world.engine().checkpoint();
            Host host = hosts.get(number % hosts.size());
            int port = NodeSlot.FIRST_PORT + number / hosts.size();
            NodeRecorder recorder = new NodeRecorder(metrics.get(host.loop()), number, drops);
            MessageSigner signer = identities.named("node-" + number);
            Datastore datastore = chunks == null ? null : chunks.of(signer.self());
            ChunkStore store = new ChunkStore(scenario.store().capacity(), datastore, recorder);
            members.add(new NodeSlot(number, host, port, signer, store, recorder));
        }
        this.bootstraps = members.subList(0, scenario.nodes().bootstraps()).stream()
                .map(NodeSlot::record)
                .toList();
    }

    /** Who newcomers turn to first. */
    List<PeerRecord> bootstraps() {
        return bootstraps;
    }

    NodeConfig config() {
        return config;
    }

    /** All members, up or down, by number. */
    List<NodeSlot> members() {
        return Collections.unmodifiableList(members);
    }

    /** How many members are up. */
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

    /** Starts the bootstraps now and the others evenly over the time the scenario gives them; begins churn. */
    void join() {
        Nodes nodes = scenario.nodes();
        long overNanos = nodes.joinOver().toNanos();
        int others = Math.max(1, nodes.count() - nodes.bootstraps());
        for (NodeSlot member : members) {
            world.engine().checkpoint();
            int place = member.number() - nodes.bootstraps();
            long delayNanos = place < 0 ? 0 : overNanos / others * (place + 1);
            world.engine().schedule(delayNanos, () -> member.start(config, bootstraps));
        }
        if (scenario.workload().churn().restartsPerNode().perSecond() > 0) {
            RandomStream random = world.seeds().stream("churn");
            for (NodeSlot member : members) scheduleRestart(member, random, overNanos);
        }
    }

    /** Whether anybody listens at {@code address}. */
    boolean isAlive(NodeAddress address) {
        return world.isAlive(address);
    }

    private boolean isBootstrap(NodeSlot member) {
        return member.number() < scenario.nodes().bootstraps();
    }

    private void restart(NodeSlot member) {
        if (member.node() != null) return;
        metrics.count(Metric.RESTARTS);
        member.start(config, bootstraps);
    }

    private void scheduleRestart(NodeSlot member, RandomStream random, long afterNanos) {
        Churn churn = scenario.workload().churn();
        double gapSeconds = random.nextExponential() / churn.restartsPerNode().perSecond();
        long delayNanos = afterNanos + (long) Math.min(gapSeconds * 1e9, Long.MAX_VALUE / 4.0);
        world.engine().schedule(delayNanos, () -> {
            member.stop(random.nextDouble() < churn.abrupt().value());
            double moving = churn.newAddress().value();
            if (moving > 0 && random.nextDouble() < moving && !isBootstrap(member)) member.move();
            world.engine().schedule(churn.downtime().toNanos(), () -> {
                restart(member);
                scheduleRestart(member, random, 0);
            });
        });
    }
}
