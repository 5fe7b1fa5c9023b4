package dev.kilonode.simulator.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.NodeConfig;
import dev.kilonode.node.store.ChunkStore;
import dev.kilonode.node.store.Datastore;
import dev.kilonode.node.transport.Sealer;
import dev.kilonode.node.transport.TransportDesigns;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.simulator.engine.Stream;
import dev.kilonode.simulator.fault.Victims;
import dev.kilonode.simulator.scenario.Churn;
import dev.kilonode.simulator.scenario.Nodes;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.world.Machine;
import dev.kilonode.simulator.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network's nodes: they join, live, restart at random and after faults. */
final class Testnet implements Victims {

    private final World world;
    private final Scenario scenario;
    private final NodeConfig config;
    private final List<Member> members = new ArrayList<>();
    private final List<PeerRecord> bootstraps;
    private final MetricSet metrics;

    Testnet(
            World world,
            List<? extends Machine> hosts,
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
            Machine host = hosts.get(number % hosts.size());
            int port = Member.FIRST_PORT + number / hosts.size();
            NodeRecorder recorder = new NodeRecorder(metrics.get(host.loop()), number, drops);
            Sealer sealer = identities.named("node-" + number);
            Datastore datastore = chunks == null ? null : chunks.of(sealer.self());
            ChunkStore store = new ChunkStore(scenario.store().capacity(), datastore, recorder);
            members.add(new Member(number, host, port, sealer, store, recorder));
        }
        this.bootstraps = members.subList(0, scenario.nodes().bootstraps()).stream()
                .map(Member::record)
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
    List<Member> members() {
        return Collections.unmodifiableList(members);
    }

    /** How many members are up. */
    int up() {
        int up = 0;
        for (Member member : members) {
            if (member.node() != null) up++;
        }
        return up;
    }

    @Override
    public void kill(Machine host) {
        for (Member member : members) {
            if (member.host() == host) member.stop(true);
        }
    }

    @Override
    public void revive(Machine host) {
        for (Member member : members) {
            if (member.host() == host) restart(member);
        }
    }

    /** Starts the bootstraps now and the others evenly over the time the scenario gives them; begins churn. */
    void join() {
        Nodes nodes = scenario.nodes();
        long overNanos = nodes.joinOver().toNanos();
        int others = Math.max(1, nodes.count() - nodes.bootstraps());
        for (Member member : members) {
            world.engine().checkpoint();
            int place = member.number() - nodes.bootstraps();
            long delayNanos = place < 0 ? 0 : overNanos / others * (place + 1);
            world.engine().schedule(delayNanos, () -> member.start(config, bootstraps));
        }
        if (scenario.workload().churn().restartsPerNode().perSecond() > 0) {
            Stream chance = world.seeds().stream("churn");
            for (Member member : members) scheduleRestart(member, chance, overNanos);
        }
    }

    /** Whether anybody listens at {@code address}. */
    boolean isAlive(NodeAddress address) {
        return world.isAlive(address);
    }

    private boolean isBootstrap(Member member) {
        return member.number() < scenario.nodes().bootstraps();
    }

    private void restart(Member member) {
        if (member.node() != null) return;
        metrics.count(Metric.RESTARTS);
        member.start(config, bootstraps);
    }

    private void scheduleRestart(Member member, Stream chance, long afterNanos) {
        Churn churn = scenario.workload().churn();
        double gapSeconds = chance.nextExponential() / churn.restartsPerNode().perSecond();
        long delayNanos = afterNanos + (long) Math.min(gapSeconds * 1e9, Long.MAX_VALUE / 4.0);
        world.engine().schedule(delayNanos, () -> {
            member.stop(chance.nextDouble() < churn.abrupt().value());
            double moving = churn.newAddress().value();
            if (moving > 0 && chance.nextDouble() < moving && !isBootstrap(member)) member.move();
            world.engine().schedule(churn.downtime().toNanos(), () -> {
                restart(member);
                scheduleRestart(member, chance, 0);
            });
        });
    }
}
