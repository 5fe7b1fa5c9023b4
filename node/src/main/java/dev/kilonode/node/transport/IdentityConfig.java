package dev.kilonode.node.transport;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.config.Setting;
import java.time.Duration;

/** The identity exchange on a new connection, and the effect of its failure on a peer's score. */
public record IdentityConfig(
        @Setting("signature algorithm: ML-DSA-65 or Ed25519") @Range(min = "1", max = "100")
        String algorithm,

        @Setting("how long a dialler waits for the identity of the peer that answered") @Range(min = "1ms", max = "1d")
        Duration timeout,

        @Setting("interval at which a dialler checks whether it has that identity") @Range(min = "1ms", max = "1d")
        Duration poll,

        @Setting("when an acceptor announces itself: on-connect (independent), or after-peer (once the dialler's"
                + " announce has passed its shard)")
        AcceptorAnnounce acceptorAnnounce,

        @Setting("trust a peer loses with each failed request or identity exchange, as a share of what it has")
        @Range(min = "0%", max = "100%")
        Ratio trustPenalty,

        @Setting("trust a peer gains with each answered request, as a share of what it lacks")
        @Range(min = "0%", max = "100%")
        Ratio trustReward,

        @Setting("trust below which a peer is removed from the routing table") @Range(min = "0%", max = "100%")
        Ratio evictBelow) {

    /** When the accepting side of a connection announces itself. */
    public enum AcceptorAnnounce {
        ON_CONNECT,
        AFTER_PEER
    }
}
