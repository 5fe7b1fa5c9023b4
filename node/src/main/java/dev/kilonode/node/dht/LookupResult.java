package dev.kilonode.node.dht;

import dev.kilonode.node.wire.PeerRecord;
import java.util.List;

/**
 * Result of an iterative lookup.
 *
 * @param closest the responders closest to the target, nearest first; empty if none answered
 * @param requests requests sent
 * @param failures requests that ended without a reply
 * @param nanos from the lookup's start to its end
 * @param dialNanos sum over its requests of the time spent dialling
 * @param identityNanos sum over its requests of the time spent waiting for identities
 * @param identityTimeouts requests that failed because the peer's identity did not arrive in time
 */
public record LookupResult(
        List<PeerRecord> closest,
        int requests,
        int failures,
        long nanos,
        long dialNanos,
        long identityNanos,
        int identityTimeouts) {}
