package dev.kilonode.simulator.run.fault;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Engine;
import dev.kilonode.simulator.kernel.engine.RandomStream;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.scenario.Fault;
import java.util.ArrayList;
import java.util.List;

/** Rogue peers come to a host of their own, do what they do at a steady rate to one node after the other, and leave. */
abstract class PeriodicAttack implements ActiveFault {

    private final Fault fault;
    private final Engine engine;
    private final MaliciousPeers rogues;
    private final List<Host> hosts;
    private final List<NodeAddress> targets = new ArrayList<>();
    private final long gapNanos;
    private boolean over;
    private int turn;

    /** @param hosts whose nodes they trouble */
    PeriodicAttack(Fault fault, List<Host> hosts, MaliciousPeers rogues, Engine engine) {
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
        Host host = rogues.newHost(fault.name(), hosts.get(0));
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
    abstract void arrive(int peer, Host host);

    /** It is that rogue's turn, with that node. */
    abstract MaliciousAct act(int peer, NodeAddress target);

    /** All of them go. */
    abstract void leave();

    MaliciousPeer newPeer(int peer, Host host, boolean deaf) {
        return rogues.newPeer("rogue-" + fault.name() + "-" + peer, host, deaf);
    }

    static byte[] garbage(RandomStream random, int mostBytes) {
        byte[] bytes = new byte[1 + random.nextInt(mostBytes)];
        random.nextBytes(bytes);
        return bytes;
    }
}
