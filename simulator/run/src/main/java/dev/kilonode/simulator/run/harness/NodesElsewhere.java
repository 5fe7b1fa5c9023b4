package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.RemoteNodes;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.Part;
import dev.kilonode.simulator.run.plan.PlannedFault;
import dev.kilonode.simulator.run.plan.PlannedHost;
import dev.kilonode.simulator.run.plan.PlannedNode;
import dev.kilonode.simulator.run.plan.PlannedRestart;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.Fault;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of other processes run, and at which ports, by the plan: joins, restarts by churn and kills, at their planned times. What
 * another process does late is not known here. Hosts of lost processes have no nodes any more. Used on the run's thread; {@link #at} also
 * on those of nodes.
 */
final class NodesElsewhere implements RemoteNodes {

    private final World world;
    private final RunPlan plan;
    private final Part part;
    private final Iterator<PlannedRestart> churn;
    private @Nullable PlannedRestart nextRestart;
    private final PriorityQueue<Change> changes =
            new PriorityQueue<>(Comparator.comparingLong(Change::atNanos).thenComparingLong(Change::sequence));
    private long sequence;

    // By node; used only for nodes of other processes
    private final int[] ports;
    private final boolean[] up;

    /** By host; used only for hosts of other processes. */
    private final boolean[] lost;

    private final Map<Integer, Integer> hostsByIp = new HashMap<>();
    private final Set<NodeAddress> alive = new HashSet<>();

    /** Something that happens to nodes at its planned time. */
    private record Change(long atNanos, long sequence, Runnable then) {}

    NodesElsewhere(World world, RunPlan plan, Part part) {
        this.world = world;
        this.plan = plan;
        this.part = part;
        List<PlannedHost> attackHosts = plan.attackHosts();
        int hosts = plan.hosts().size() + attackHosts.size();
        ports = plan.nodes().stream().mapToInt(PlannedNode::port).toArray();
        up = new boolean[ports.length];
        lost = new boolean[hosts];
        for (int host = 0; host < hosts; host++) {
            if (!part.owns(host)) hostsByIp.put(world.ip(host), host);
        }
        for (PlannedNode node : plan.nodes()) {
            if (!part.owns(node.host())) add(node.joinNanos(), () -> start(node.number()));
        }
        for (PlannedFault fault : plan.faults()) addKills(fault);
        churn = plan.churn().iterator();
        nextRestart = churn.hasNext() ? churn.next() : null;
    }

    private void addKills(PlannedFault planned) {
        Fault fault = planned.fault();
        if (fault.kind() != Fault.Kind.KILL) return;
        Set<Integer> hosts = new HashSet<>(planned.hosts());
        List<Integer> nodes = plan.nodes().stream()
                .filter(node -> hosts.contains(node.host()) && !part.owns(node.host()))
                .map(PlannedNode::number)
                .toList();
        add(fault.at().toNanos() + FaultScheduler.AFTER_SAMPLING_NANOS, () -> nodes.forEach(this::stop));
        add(fault.end().toNanos() + FaultScheduler.AFTER_SAMPLING_NANOS, () -> nodes.forEach(this::start));
    }

    private void add(long atNanos, Runnable then) {
        changes.add(new Change(atNanos, sequence++, then));
    }

    /** Follows the plan while the run lasts. */
    void begin() {
        advance();
        world.engine().schedule(world.strideNanos(), this::begin);
    }

    private void advance() {
        long nowNanos = world.engine().nowNanos();
        while (true) {
            PlannedRestart restart = nextRestart;
            Change change = changes.peek();
            boolean restartFirst = restart != null && (change == null || restart.downNanos() < change.atNanos());
            if (restart != null && restartFirst) {
                if (restart.downNanos() > nowNanos) return;
                nextRestart = churn.hasNext() ? churn.next() : null;
                if (!part.owns(plan.nodes().get(restart.node()).host())) apply(restart);
            } else {
                if (change == null || change.atNanos() > nowNanos) return;
                changes.remove().then().run();
            }
        }
    }

    private void apply(PlannedRestart restart) {
        stop(restart.node());
        if (restart.moves()) ports[restart.node()] = PlannedNode.portAfterMove(ports[restart.node()]);
        add(restart.upNanos(), () -> start(restart.node()));
    }

    private void start(int node) {
        if (up[node] || lost[plan.nodes().get(node).host()]) return;
        up[node] = true;
        alive.add(addressOf(node));
    }

    private void stop(int node) {
        if (!up[node]) return;
        up[node] = false;
        alive.remove(addressOf(node));
    }

    /** The processes of all hosts of a part are gone. */
    void processLost(int number) {
        for (PlannedNode node : plan.nodes()) {
            if (part.ownerOf().applyAsInt(node.host()) == number) stop(node.number());
        }
        for (int host = 0; host < lost.length; host++) {
            lost[host] |= part.ownerOf().applyAsInt(host) == number;
        }
    }

    /** The address of a node of another process, running or not. */
    NodeAddress addressOf(int node) {
        return new NodeAddress(world.ip(plan.nodes().get(node).host()), ports[node]);
    }

    @Override
    public Peer at(NodeAddress address) {
        Integer host = hostsByIp.get(address.ip());
        if (host == null || lost[host]) return Peer.GONE;
        if (host >= plan.nodeHosts()) return Peer.CLIENT;
        return alive.contains(address) ? Peer.NODE : Peer.GONE;
    }
}
