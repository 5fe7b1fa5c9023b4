package dev.kilonode.simulator.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.engine.Engine;
import dev.kilonode.simulator.engine.Stream;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.world.Machine;
import java.util.ArrayList;
import java.util.List;

/** Rogue peers come to a host of their own, do what they do at a steady rate to one node after the other, and leave. */
abstract class Prowl implements Trouble {

    private final Fault fault;
    private final Engine engine;
    private final Rogues rogues;
    private final List<Machine> hosts;
    private final List<NodeAddress> targets = new ArrayList<>();
    private final long gapNanos;
    private boolean over;
    private int turn;

    /** @param hosts whose nodes they trouble */
    Prowl(Fault fault, List<Machine> hosts, Rogues rogues, Engine engine) {
        this.fault = fault;
        this.engine = engine;
        this.rogues = rogues;
        this.hosts = hosts;
        gapNanos = (long) (1e9 / (fault.rate().perSecond() * fault.peers()));
    }

    @Override
    public final void begin() {
        if (hosts.isEmpty()) return;
        hosts.forEach(each -> targets.addAll(rogues.addressesOn(each)));
        Machine host = rogues.newHost(fault.name(), hosts.get(0));
        for (int peer = 0; peer < fault.peers() && !engine.isInterrupted(); peer++) {
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
        rogues.done(act(turn % fault.peers(), targets.get(turn % targets.size())));
        turn++;
        engine.schedule(gapNanos, this::next);
    }

    /** The rogue with this number comes. */
    abstract void arrive(int peer, Machine host);

    /** It is that rogue's turn, with that node. */
    abstract RogueAct act(int peer, NodeAddress target);

    /** All of them go. */
    abstract void leave();

    Rogue newPeer(int peer, Machine host, boolean deaf) {
        return rogues.newPeer("rogue-" + fault.name() + "-" + peer, host, deaf);
    }

    static byte[] garbage(Stream chance, int mostBytes) {
        byte[] bytes = new byte[1 + chance.nextInt(mostBytes)];
        chance.nextBytes(bytes);
        return bytes;
    }
}
