package dev.kilonode.node.dht;

import dev.kilonode.node.wire.PeerRecord;
import java.util.List;

/**
 * How an iterative lookup ended.
 *
 * @param closest the peers closest to the target of those that answered, nearest first; empty when none did
 * @param requests requests sent
 * @param failures requests that ended without a reply
 * @param nanos from the lookup's start to its end
 * @param dialNanos sum over its requests of the time spent dialling
 * @param identityNanos sum over its requests of the time spent waiting for identities
 * @param identityTimeouts requests that failed because the peer's identity did not come in time
 */
public record LookupResult(
        List<PeerRecord> closest,
        int requests,
        int failures,
        long nanos,
        long dialNanos,
        long identityNanos,
        int identityTimeouts) {}
