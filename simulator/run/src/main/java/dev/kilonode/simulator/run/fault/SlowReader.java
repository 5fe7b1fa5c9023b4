package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.DhtMessage;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.scenario.Fault;
import java.util.ArrayList;
import java.util.List;

/** Peers that ask, as honest ones do, and never read the replies: these pile up at whoever answers. */
final class SlowReader extends PeriodicAttack {

    private final RandomStream chance;
    private final List<MaliciousPeer> peers = new ArrayList<>();

    SlowReader(Fault fault, List<Host> hosts, MaliciousPeers rogues, Engine engine, RandomStream chance) {
        super(fault, hosts, rogues, engine);
        this.chance = chance;
    }

    @Override
    void arrive(int peer, Host host) {
        peers.add(newPeer(peer, host, true));
    }

    @Override
    MaliciousAct act(int peer, NodeAddress target) {
        peers.get(peer).sign(target, new DhtMessage.FindNode(chance.nextLong(), PeerId.random(chance)));
        return MaliciousAct.REQUEST;
    }

    @Override
    void leave() {
        peers.forEach(MaliciousPeer::leave);
    }
}
