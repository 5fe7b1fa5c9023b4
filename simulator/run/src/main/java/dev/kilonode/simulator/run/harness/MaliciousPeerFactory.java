package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.transport.CryptographicSigner;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.metrics.Labels;
import dev.kilonode.simulator.metrics.Metric;
import dev.kilonode.simulator.metrics.MetricSet;
import dev.kilonode.simulator.run.fault.MaliciousAct;
import dev.kilonode.simulator.run.fault.MaliciousPeer;
import dev.kilonode.simulator.run.fault.MaliciousPeers;
import dev.kilonode.simulator.settings.HostGroup;
import java.util.ArrayList;
import java.util.List;

/** Gives the rogues of faults their hosts and identities, and counts what they do. */
final class MaliciousPeerFactory implements MaliciousPeers {

    private final World world;
    private final NodeFleet testnet;
    private final Identities identities;
    private final MetricSet metrics;

    MaliciousPeerFactory(World world, NodeFleet testnet, Identities identities, MetricSet metrics) {
        this.world = world;
        this.testnet = testnet;
        this.identities = identities;
        this.metrics = metrics;
    }

    @Override
    public List<NodeAddress> addressesOn(Host host) {
        List<NodeAddress> addresses = new ArrayList<>();
        for (NodeSlot member : testnet.members()) {
            if (member.host() == host) addresses.add(member.record().address());
        }
        return addresses;
    }

    @Override
    public Host newHost(String name, Host near) {
        HostGroup like = near.group();
        return world.addHosts(
                        new HostGroup("rogues of " + name, 1, like.region(), like.cores(), like.up(), like.down()))
                .get(0);
    }

    @Override
    public MaliciousPeer newPeer(String name, Host host, boolean reads) {
        MessageSigner signer = identities.named(name);
        NodeIdentity keys = signer instanceof CryptographicSigner signing ? signing.identity() : null;
        return new MaliciousPeer(host.addNode(new NodeSpec(name, signer.self(), keys, true, reads)), signer);
    }

    @Override
    public void done(MaliciousAct act) {
        metrics.counter(Metric.ROGUE_ACTS, Labels.of("what", act.label())).increment();
    }
}
