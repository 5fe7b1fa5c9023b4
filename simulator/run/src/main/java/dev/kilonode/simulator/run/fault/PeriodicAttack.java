package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.PlannedFault;
import dev.kilonode.simulator.run.plan.PlannedHost;
import dev.kilonode.simulator.scenario.Fault;
import java.util.ArrayList;
import java.util.List;

/** Malicious peers on their own host act at a constant rate on one node after another, until the fault ends. */
abstract class PeriodicAttack implements ActiveFault {

    private final Fault.Attack fault;
    private final World world;
    private final Engine engine;
    private final MaliciousPeers network;
    private final PlannedFault planned;
    private final List<NodeAddress> targets = new ArrayList<>();
    private final long gapNanos;
    private boolean over;
    private int turn;

    PeriodicAttack(PlannedFault planned, MaliciousPeers network, World world) {
        this.planned = planned;
        this.fault = (Fault.Attack) planned.fault();
        this.world = world;
        this.engine = world.engine();
        this.network = network;
        gapNanos = (long) (1e9 / fault.attackers().perSecond());
    }

    @Override
    public final void begin() {
        PlannedHost own = planned.attackHost();
        if (own == null) return;
        planned.hosts().forEach(each -> targets.addAll(network.addressesOn(each)));
        Host host = network.newHost(own);
        for (int peer = 0; peer < fault.attackers().peers() && !engine.isInterrupted(); peer++) {
            engine.step();
            arrive(peer, host);
        }
        next();
    }

    @Override
    public final void end() {
        over = true;
        leave();
    }

    private void next() {
        if (over || targets.isEmpty() || engine.isInterrupted()) return;
        network.done(act(turn % fault.attackers().peers(), targets.get(turn % targets.size())));
        turn++;
        engine.schedule(gapNanos, this::next);
    }

    /** Adds the peer with this number to {@code host}. */
    abstract void arrive(int peer, Host host);

    /** Performs one act of the peer with this number on one node. */
    abstract MaliciousAct act(int peer, NodeAddress target);

    /** Disconnects all peers. */
    abstract void leave();

    MaliciousPeer newPeer(int peer, Host host, boolean reads) {
        return network.newPeer("rogue-" + fault.name() + "-" + peer, host, reads);
    }

    /** The random stream of this fault. */
    RandomStream ownRandom() {
        return world.seeds().stream("faults/" + fault.name());
    }
}
