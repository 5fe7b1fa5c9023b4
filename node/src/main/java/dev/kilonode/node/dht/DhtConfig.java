package dev.kilonode.node.dht;

import dev.kilonode.node.config.DurationRange;
import dev.kilonode.node.config.Frequency;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** Constants of Kademlia, and the background traffic that it causes. */
public record DhtConfig(
        @Setting("bucket size, and how many closest peers a reply names (K)") @Range(min = "1", max = "1024")
        int k,

        @Setting("requests that a lookup sends at once (alpha); the next wave waits for the slowest")
        @Range(min = "1", max = "1024")
        int alpha,

        @Setting("waves after which a lookup gives up") @Range(min = "1", max = "10000")
        int maxIterations,

        @Setting("most candidates that a lookup keeps") @Range(min = "1", max = "10000")
        int maxCandidates,

        @Setting("how long to wait for a reply, once the request has been sent") @Range(min = "1ms", max = "1d")
        Duration requestTimeout,

        @Setting("time between two lookups of a node's own id, for each loop") @Range(min = "1ms", max = "1000d")
        DurationRange selfLookup,

        @Setting("independent self-lookup loops (the core's and the replication engine's)")
        @Range(min = "0", max = "1000")
        int selfLookupLoops,

        @Setting("bucket refresh") Refresh refresh,

        @Setting("notifications to close neighbours, without a reply: open-loop load")
        Notifications notifications,

        @Setting("coordinator hints sent periodically to the closest peers")
        HintRepublish hints,

        @Setting("most addresses kept per peer, at most 8, dialled one after another, newest first; 1 turns it off")
        @Range(min = "1", max = "8")
        int addressesPerPeer,

        @Setting("silence after which a neighbour is pinged, after a self-lookup") @Range(min = "0s", max = "1000d")
        Duration staleAfter) {

    /** Lookups of random ids in stale buckets. */
    public record Refresh(
            @Setting("time between the starts of two passes") @Range(min = "1ms", max = "1000d")
            Duration interval,

            @Setting("time without a touch after which a bucket is refreshed") @Range(min = "0s", max = "1000d")
            Duration staleAfter,

            @Setting("most buckets refreshed in one pass, deepest last") @Range(min = "0", max = "256")
            int buckets,

            @Setting("lookups of a pass under way at once") @Range(min = "1", max = "256")
            int parallel,

            @Setting("whether the interval is counted from the end of a pass, as in the system studied, instead of from"
                    + " its beginning")
            boolean restAfterPass) {}

    /** Open-loop messages to close neighbours. */
    public record Notifications(
            @Setting("rate at which one node sends") @Range(min = "0/s", max = "1000000000/s")
            Frequency rate,

            @Setting("number of closest peers, of which each notification goes to a random one")
            @Range(min = "1", max = "10000")
            int neighbours) {}

    /** Open loop: one notice to each of the closest peers, without a reply. */
    public record HintRepublish(
            @Setting("number of closest peers that get a notice; 0 turns it off") @Range(min = "0", max = "10000")
            int neighbours,

            @Setting("time between two rounds of notices") @Range(min = "1ms", max = "1000d")
            DurationRange every) {}
}
