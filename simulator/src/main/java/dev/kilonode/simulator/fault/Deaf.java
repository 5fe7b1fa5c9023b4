package dev.kilonode.simulator.fault;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.DhtMessage;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.engine.Engine;
import dev.kilonode.simulator.engine.Stream;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.world.Machine;
import java.util.ArrayList;
import java.util.List;

/** Peers that ask, as honest ones do, and never read the replies: these pile up at whoever answers. */
final class Deaf extends Prowl {

    private final Stream chance;
    private final List<Rogue> peers = new ArrayList<>();

    Deaf(Fault fault, List<Machine> hosts, Rogues rogues, Engine engine, Stream chance) {
        super(fault, hosts, rogues, engine);
        this.chance = chance;
    }

    @Override
    void arrive(int peer, Machine host) {
        peers.add(newPeer(peer, host, true));
    }

    @Override
    RogueAct act(int peer, NodeAddress target) {
        peers.get(peer).sign(target, new DhtMessage.FindNode(chance.nextLong(), PeerId.random(chance)));
        return RogueAct.REQUEST;
    }

    @Override
    void leave() {
        peers.forEach(Rogue::leave);
    }
}
