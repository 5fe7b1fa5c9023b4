package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.RawPeer;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.PlannedFault;
import java.util.ArrayList;
import java.util.List;

/** Opens connections and never completes their handshakes. */
final class HalfOpenAttack extends PeriodicAttack {

    private final List<RawPeer> rawPeers = new ArrayList<>();

    HalfOpenAttack(PlannedFault planned, MaliciousPeers network, World world) {
        super(planned, network, world);
    }

    @Override
    void arrive(int peer, Host host) {
        rawPeers.add(host.newRawPeer());
    }

    @Override
    MaliciousAct act(int peer, NodeAddress target) {
        return rawPeers.get(peer).beginConnection(target) ? MaliciousAct.HALF_OPEN : MaliciousAct.NOTHING;
    }

    @Override
    void leave() {
        rawPeers.forEach(RawPeer::leave);
    }
}
