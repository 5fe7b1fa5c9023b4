package dev.kilonode.node.upload;

import dev.kilonode.node.dht.LookupResult;
import dev.kilonode.node.transport.RequestFailure;
import dev.kilonode.node.transport.RequestResult;

/** What one upload has cost so far: the sums of {@link UploadResult}. */
final class UploadTally {

    long dialNanos;
    long identityNanos;
    long lookupNanos;
    long quoteNanos;
    long storeNanos;
    int identityTimeouts;
    int retries;
    int requests;

    void lookedUp(LookupResult lookup) {
        lookupNanos += lookup.nanos();
        dialNanos += lookup.dialNanos();
        identityNanos += lookup.identityNanos();
        identityTimeouts += lookup.identityTimeouts();
        requests += lookup.requests();
    }

    /** A quote or a store ended; its request has been counted when it was sent. */
    void exchanged(RequestResult exchange) {
        dialNanos += exchange.dialNanos();
        identityNanos += exchange.identityNanos();
        if (exchange.failure() == RequestFailure.IDENTITY_TIMED_OUT) identityTimeouts++;
    }
}
