package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.transport.CryptographicSigner;
import dev.kilonode.node.transport.MessageSigner;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.fault.MaliciousAct;
import dev.kilonode.simulator.run.fault.MaliciousPeer;
import dev.kilonode.simulator.run.fault.MaliciousPeers;
import dev.kilonode.simulator.run.plan.PlannedHost;
import dev.kilonode.simulator.run.plan.PlannedNode;
import dev.kilonode.simulator.run.plan.RunPlan;
import java.util.ArrayList;
import java.util.List;

/** Creates the hosts and identities of malicious peers, and counts their acts. */
final class MaliciousPeerFactory implements MaliciousPeers {

    private final World world;
    private final RunPlan plan;
    private final NodeFleet testnet;
    private final Identities identities;
    private final MetricSet metrics;

    MaliciousPeerFactory(World world, RunPlan plan, NodeFleet testnet, Identities identities, MetricSet metrics) {
        this.world = world;
        this.plan = plan;
        this.testnet = testnet;
        this.identities = identities;
        this.metrics = metrics;
    }

    @Override
    public List<NodeAddress> addressesOn(int host) {
        List<NodeAddress> addresses = new ArrayList<>();
        for (PlannedNode node : plan.nodes()) {
            if (node.host() == host) addresses.add(testnet.addressOf(node));
        }
        return addresses;
    }

    @Override
    public Host newHost(PlannedHost host) {
        return world.addHost(host.number(), host.group());
    }

    @Override
    public MaliciousPeer newPeer(String name, Host host, boolean reads) {
        MessageSigner signer = identities.named(name);
        NodeIdentity keys = signer instanceof CryptographicSigner signing ? signing.identity() : null;
        return new MaliciousPeer(host.addNode(new NodeSpec(name, signer.self(), keys, true, reads)), signer);
    }

    @Override
    public void done(MaliciousAct act) {
        metrics.open(Metric.ROGUE_ACTS, act.ordinal());
        metrics.count(Metric.ROGUE_ACTS, act.ordinal());
    }
}
