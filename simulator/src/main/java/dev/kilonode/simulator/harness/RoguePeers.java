package dev.kilonode.simulator.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.transport.Sealer;
import dev.kilonode.node.transport.SigningSealer;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.fault.Rogue;
import dev.kilonode.simulator.fault.RogueAct;
import dev.kilonode.simulator.fault.Rogues;
import dev.kilonode.simulator.world.HostGroup;
import dev.kilonode.simulator.world.Machine;
import dev.kilonode.simulator.world.Occupant;
import dev.kilonode.simulator.world.World;
import java.util.ArrayList;
import java.util.List;

/** Gives the rogues of faults their hosts and identities, and counts what they do. */
final class RoguePeers implements Rogues {

    private final World world;
    private final Testnet testnet;
    private final Identities identities;
    private final MetricSet metrics;

    RoguePeers(World world, Testnet testnet, Identities identities, MetricSet metrics) {
        this.world = world;
        this.testnet = testnet;
        this.identities = identities;
        this.metrics = metrics;
    }

    @Override
    public List<NodeAddress> addressesOn(Machine host) {
        List<NodeAddress> addresses = new ArrayList<>();
        for (Member member : testnet.members()) {
            if (member.host() == host) addresses.add(member.record().address());
        }
        return addresses;
    }

    @Override
    public Machine newHost(String name, Machine near) {
        HostGroup like = near.group();
        return world.addHosts(
                        new HostGroup("rogues of " + name, 1, like.region(), like.cores(), like.up(), like.down()))
                .get(0);
    }

    @Override
    public Rogue newPeer(String name, Machine host, boolean deaf) {
        Sealer sealer = identities.named(name);
        NodeIdentity keys = sealer instanceof SigningSealer signing ? signing.identity() : null;
        return new Rogue(host.settle(new Occupant(name, sealer.self(), keys, true, deaf)), sealer);
    }

    @Override
    public void done(RogueAct act) {
        metrics.open(Metric.ROGUE_ACTS, act.ordinal());
        metrics.count(Metric.ROGUE_ACTS, act.ordinal());
    }
}
