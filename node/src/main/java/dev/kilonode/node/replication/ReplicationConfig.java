package dev.kilonode.node.replication;

import dev.kilonode.node.config.DurationRange;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Replication: what a node does with a chunk that a client just stored on it, and how it keeps chunks afterwards. */
public record ReplicationConfig(
        @Setting("peers closest to a chunk that are offered a full copy; 0 turns it off")
        @Range(min = "0", max = "1024")
        int copies,

        @Setting("full copies one node sends at a time") @Range(min = "1", max = "10000")
        int concurrentCopies,

        @Setting("full copies that may wait to be sent; further ones are discarded and counted")
        @Range(min = "0", max = "10000000")
        int copyQueue,

        @Setting("peers closest to a chunk that are notified of its payment; 0 turns it off")
        @Range(min = "0", max = "1024")
        int paidNotifies,

        @Setting("how long to wait for the answer to an offer") @Range(min = "1ms", max = "1d")
        Duration offerTimeout,

        @Setting("how long the replication loop of a node waits for the blockchain when it first learns of a payment;"
                + " 0s turns it off")
        @Range(min = "0s", max = "1d")
        Duration paymentLookup,

        @Setting("comparison of keys with neighbours; its cost grows with the number of chunks")
        Sync sync,

        @Setting("audits: neighbours prove what they store") Audit audit) {

    /** Neighbour sync: exchange hints, verify unknown keys, fetch missing chunks, remove chunks of others. */
    public record Sync(
            @Setting("neighbours compared with in one round, one after another; 0 turns it off")
            @Range(min = "0", max = "1024")
            int peers,

            @Setting("how many of the closest peers count as neighbours; a change among them begins a round at once")
            @Range(min = "1", max = "1024")
            int among,

            @Setting("time between two rounds") @Range(min = "1ms", max = "1000d")
            DurationRange every,

            @Setting("time before the same neighbour is compared with again") @Range(min = "0s", max = "1000d")
            Duration coolDown,

            @Setting("how long to wait for a neighbour's hints") @Range(min = "1ms", max = "1d")
            Duration timeout,

            @Setting("times the peer map is read for each key hinted at, to build this node's own record")
            @Range(min = "0", max = "1000")
            int peerReadsPerKey,

            @Setting("time for which unknown keys are gathered before they are verified")
            @Range(min = "1ms", max = "1d")
            Duration verifyPoll,

            @Setting("how long to wait for the answers about a key") @Range(min = "1ms", max = "1d")
            Duration verifyTimeout,

            @Setting("unknown keys that may wait to be verified; further ones are dropped and counted")
            @Range(min = "0", max = "10000000")
            int verifyQueue,

            @Setting("missing chunks fetched at a time: as many as there are cores") @Range(min = "1", max = "10000")
            int concurrentFetches,

            @Setting("missing chunks that may wait to be fetched; further ones are dropped and counted")
            @Range(min = "0", max = "10000000")
            int fetchQueue,

            @Setting("how long to wait for a missing chunk") @Range(min = "1ms", max = "1d")
            Duration fetchTimeout,

            @Setting("time after which a chunk that other nodes are responsible for is removed")
            @Range(min = "0s", max = "1000d")
            Duration pruneAfter) {}

    /** Audits: a neighbour proves that it holds some chunks by hashing them. */
    public record Audit(
            @Setting("whether neighbours are audited, one at a time")
            boolean enabled,

            @Setting("time between two audits") @Range(min = "1ms", max = "1000d")
            DurationRange every,

            @Setting("how long to wait for a proof, apart from the time per key") @Range(min = "1ms", max = "1d")
            Duration timeout,

            @Setting("additional time to wait per key") @Range(min = "0s", max = "1h")
            Duration timeoutPerKey) {}
}
