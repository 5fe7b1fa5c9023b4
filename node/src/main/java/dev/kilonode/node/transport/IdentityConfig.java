package dev.kilonode.node.transport;

import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The identity exchange on a new connection, and what its failure costs a peer. */
public record IdentityConfig(
        @Setting("signature algorithm: ML-DSA-65 or Ed25519")
        String algorithm,

        @Setting("how long a dialler waits to learn who answered")
        Duration timeout,

        @Setting("how often a dialler looks whether it knows")
        Duration poll,

        @Setting(
                "when an acceptor announces itself: on-connect (independent), or after-peer (once the dialler's announce"
                        + " has passed its shard)")
        AcceptorAnnounce acceptorAnnounce,

        @Setting("trust a peer loses with each failed request or identity exchange, as a share of what it has")
        Ratio trustPenalty,

        @Setting("trust a peer gains with each answered request, as a share of what it lacks")
        Ratio trustReward,

        @Setting("trust below which the routing table lets a peer go")
        Ratio evictBelow) {

    /** When the accepting side of a connection says who it is. */
    public enum AcceptorAnnounce {
        ON_CONNECT,
        AFTER_PEER
    }
}
