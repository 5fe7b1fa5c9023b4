package dev.kilonode.simulator.harness;

import dev.kilonode.node.StorageNode;
import dev.kilonode.simulator.checks.AccountsException;
import dev.kilonode.simulator.workload.UploadFleet;
import dev.kilonode.simulator.world.World;

/** The accounts that must balance at every window; one that does not is a bug of ours and ends the run. */
final class Accounts {

    private final World world;
    private final Testnet testnet;
    private final UploadFleet fleet;

    Accounts(World world, Testnet testnet, UploadFleet fleet) {
        this.world = world;
        this.testnet = testnet;
        this.fleet = fleet;
    }

    /** @throws AccountsException naming the account and its figures */
    void check(long atMs) {
        if (!world.balanced()) throw unbalanced(atMs, "network: " + world.accountsInWords());
        if (!fleet.balanced()) throw unbalanced(atMs, "uploads: " + fleet);
        for (Member member : testnet.members()) {
            if (!member.store().balanced()) throw unbalanced(atMs, "chunks of node " + member.number());
            StorageNode node = member.node();
            if (node == null) continue;
            if (!node.transport().balanced()) throw unbalanced(atMs, "queues and locks of node " + member.number());
            if (!node.replication().balanced()) throw unbalanced(atMs, "replication of node " + member.number());
        }
    }

    private static AccountsException unbalanced(long atMs, String what) {
        return new AccountsException("accounts do not balance at " + atMs + " ms: " + what);
    }
}
