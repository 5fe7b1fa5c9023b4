package dev.kilonode.simulator.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.engine.Engine;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.world.Machine;
import dev.kilonode.simulator.world.Stranger;
import java.util.ArrayList;
import java.util.List;

/** Connections that are begun, and never finished. */
final class HalfOpen extends Prowl {

    private final List<Stranger> strangers = new ArrayList<>();

    HalfOpen(Fault fault, List<Machine> hosts, Rogues rogues, Engine engine) {
        super(fault, hosts, rogues, engine);
    }

    @Override
    void arrive(int peer, Machine host) {
        Stranger stranger = host.newStranger();
        if (stranger == null) throw new IllegalStateException("half-open connections need sockets");
        strangers.add(stranger);
    }

    @Override
    RogueAct act(int peer, NodeAddress target) {
        return strangers.get(peer).beginConnection(target) ? RogueAct.HALF_OPEN : RogueAct.NOTHING;
    }

    @Override
    void leave() {
        strangers.forEach(Stranger::leave);
    }
}
