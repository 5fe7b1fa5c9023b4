package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.StorageNode;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.run.checks.ImbalanceException;
import dev.kilonode.simulator.run.workload.UploadFleet;

/** Checks the invariants of all counters at every window. A violation is a bug of the simulator and ends the run. */
final class BalanceCheck {

    private final World world;
    private final NodeFleet testnet;
    private final UploadFleet fleet;

    BalanceCheck(World world, NodeFleet testnet, UploadFleet fleet) {
        this.world = world;
        this.testnet = testnet;
        this.fleet = fleet;
    }

    /** @throws ImbalanceException naming the violated invariant and its counters */
    void check(long atMs) {
        if (!world.invariantsHold()) throw unbalanced(atMs, "network: " + world.accountsInWords());
        if (!fleet.invariantsHold()) throw unbalanced(atMs, "uploads: " + fleet);
        for (NodeSlot member : testnet.members()) {
            if (!member.store().invariantsHold()) throw unbalanced(atMs, "chunks of node " + member.number());
            StorageNode node = member.node();
            if (node == null) continue;
            if (!node.transport().invariantsHold())
                throw unbalanced(atMs, "queues and locks of node " + member.number());
            if (!node.replication().invariantsHold()) throw unbalanced(atMs, "replication of node " + member.number());
        }
    }

    private static ImbalanceException unbalanced(long atMs, String what) {
        return new ImbalanceException("accounts do not balance at " + atMs + " ms: " + what);
    }
}
