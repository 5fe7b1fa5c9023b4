package dev.kilonode.node.dht;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.transport.IdentityConfig;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * What this node thinks of the peers it has asked: a number in [0, 1] that starts at one half. A peer that falls below
 * the threshold is barred from the routing table for {@link #BARRED}, then starts anew.
 *
 * <p>Remembers the {@value #REMEMBERED} peers it dealt with last; the others are strangers again.
 */
final class PeerTrust {

    static final double AT_FIRST = 0.5;
    static final int REMEMBERED = 1024;
    static final Duration BARRED = Duration.ofMinutes(5);

    private static final long BARRED_NANOS = BARRED.toNanos();

    private static final class Standing {
        private double trust = AT_FIRST;
        private boolean barred;
        private long barredUntilNanos;
    }

    private final IdentityConfig config;
    private final LinkedHashMap<PeerId, Standing> standings = new LinkedHashMap<>(16, 0.75f, true);

    PeerTrust(IdentityConfig config) {
        this.config = config;
    }

    /** Trust in [0, 1]. */
    double of(PeerId peer, long nowNanos) {
        return standing(peer, nowNanos).trust;
    }

    /** Whether the peer may enter the routing table. */
    boolean admits(PeerId peer, long nowNanos) {
        Standing standing = standings.get(peer);
        return standing == null || !standing.barred || nowNanos - standing.barredUntilNanos >= 0;
    }

    void reward(PeerId peer, long nowNanos) {
        Standing standing = standing(peer, nowNanos);
        standing.trust += config.trustReward().value() * (1 - standing.trust);
    }

    /** @return whether the peer has just been barred */
    boolean penalize(PeerId peer, long nowNanos) {
        Standing standing = standing(peer, nowNanos);
        standing.trust -= config.trustPenalty().value() * standing.trust;
        if (standing.barred || standing.trust >= config.evictBelow().value()) return false;
        standing.barred = true;
        standing.barredUntilNanos = nowNanos + BARRED_NANOS;
        return true;
    }

    int remembered() {
        return standings.size();
    }

    private Standing standing(PeerId peer, long nowNanos) {
        Standing standing = standings.get(peer);
        if (standing == null) {
            standing = new Standing();
            standings.put(peer, standing);
            if (standings.size() > REMEMBERED) {
                Iterator<PeerId> eldest = standings.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        } else if (standing.barred && nowNanos - standing.barredUntilNanos >= 0) {
            standing.barred = false;
            standing.trust = AT_FIRST;
        }
        return standing;
    }
}
