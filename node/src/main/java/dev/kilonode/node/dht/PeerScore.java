package dev.kilonode.node.dht;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.transport.IdentityConfig;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Scores of the peers that this node has asked: a number in [0, 1] that starts at one half. A peer whose score falls below the threshold
 * is barred from the routing table for {@link #BARRED}; then its score starts anew.
 *
 * <p>Keeps the {@value #REMEMBERED} most recently used peers; others start with the initial score.
 */
final class PeerScore {

    static final double AT_FIRST = 0.5;
    static final int REMEMBERED = 1024;
    static final Duration BARRED = Duration.ofMinutes(5);

    private static final long BARRED_NANOS = BARRED.toNanos();

    private static final class Standing {
        private final PeerId peer;
        private long used;

        /** Value of {@link #used} when the entry was last queued. */
        private long usedWhenQueued;

        private double trust = AT_FIRST;
        private boolean barred;
        private long barredUntilNanos;

        private Standing(PeerId peer) {
            this.peer = peer;
        }
    }

    private final IdentityConfig config;

    /** Never iterated over. */
    private final Map<PeerId, Standing> standings = new HashMap<>();

    /**
     * Order of eviction. A use only increments a counter; the queue is brought up to date when a place is needed. A list in order of use
     * would touch the neighbours of each used entry, which costs more than everything else here.
     */
    private final PriorityQueue<Standing> queue =
            new PriorityQueue<>(Comparator.comparingLong((Standing standing) -> standing.usedWhenQueued));

    private long uses;

    PeerScore(IdentityConfig config) {
        this.config = config;
    }

    /** The peer's score in [0, 1]. */
    double of(PeerId peer, long nowNanos) {
        return standing(peer, nowNanos).trust;
    }

    /** Whether the peer may enter the routing table. */
    boolean admits(PeerId peer, long nowNanos) {
        Standing standing = used(peer);
        return standing == null || !standing.barred || nowNanos - standing.barredUntilNanos >= 0;
    }

    void reward(PeerId peer, long nowNanos) {
        Standing standing = standing(peer, nowNanos);
        standing.trust += config.trustReward().value() * (1 - standing.trust);
    }

    /**
     * Lowers the peer's score.
     *
     * @return whether the peer has just been barred
     */
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
        Standing standing = used(peer);
        if (standing == null) {
            if (standings.size() == REMEMBERED) forgetLongestUnused();
            standing = new Standing(peer);
            standing.used = standing.usedWhenQueued = ++uses;
            standings.put(peer, standing);
            queue.add(standing);
        } else if (standing.barred && nowNanos - standing.barredUntilNanos >= 0) {
            standing.barred = false;
            standing.trust = AT_FIRST;
        }
        return standing;
    }

    private @Nullable Standing used(PeerId peer) {
        Standing standing = standings.get(peer);
        if (standing != null) standing.used = ++uses;
        return standing;
    }

    private void forgetLongestUnused() {
        Standing first = queue.remove();
        while (first.used != first.usedWhenQueued) {
            first.usedWhenQueued = first.used;
            queue.add(first);
            first = queue.remove();
        }
        standings.remove(first.peer);
    }
}
