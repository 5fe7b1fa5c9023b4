package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.RawPeer;
import dev.kilonode.simulator.scenario.Fault;
import java.util.ArrayList;
import java.util.List;

/** Connections that are begun, and never finished. */
final class HalfOpen extends PeriodicAttack {

    private final List<RawPeer> strangers = new ArrayList<>();

    HalfOpen(Fault fault, List<Host> hosts, MaliciousPeers rogues, Engine engine) {
        super(fault, hosts, rogues, engine);
    }

    @Override
    void arrive(int peer, Host host) {
        RawPeer rawPeer = host.newRawPeer();
        if (rawPeer == null) throw new IllegalStateException("half-open connections need sockets");
        strangers.add(rawPeer);
    }

    @Override
    MaliciousAct act(int peer, NodeAddress target) {
        return strangers.get(peer).beginConnection(target) ? MaliciousAct.HALF_OPEN : MaliciousAct.NOTHING;
    }

    @Override
    void leave() {
        strangers.forEach(RawPeer::leave);
    }
}
