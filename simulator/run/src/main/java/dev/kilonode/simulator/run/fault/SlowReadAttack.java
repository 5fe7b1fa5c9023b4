package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.DhtMessage;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.plan.PlannedFault;
import java.util.ArrayList;
import java.util.List;

/** Sends valid requests and never reads the replies, which fill the send queues of the nodes that answer. */
final class SlowReadAttack extends PeriodicAttack {

    private final RandomStream random;
    private final List<MaliciousPeer> peers = new ArrayList<>();

    SlowReadAttack(PlannedFault planned, MaliciousPeers network, World world) {
        super(planned, network, world);
        random = ownRandom();
    }

    @Override
    void arrive(int peer, Host host) {
        peers.add(newPeer(peer, host, false));
    }

    @Override
    MaliciousAct act(int peer, NodeAddress target) {
        peers.get(peer).sign(target, new DhtMessage.FindNode(random.nextLong(), PeerId.random(random)));
        return MaliciousAct.REQUEST;
    }

    @Override
    void leave() {
        peers.forEach(MaliciousPeer::leave);
    }
}
