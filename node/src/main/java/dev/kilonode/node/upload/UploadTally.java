package dev.kilonode.node.upload;

import dev.kilonode.node.dht.LookupResult;
import dev.kilonode.node.transport.RequestFailure;
import dev.kilonode.node.transport.RequestResult;

/** Sums for the {@link UploadResult} of one upload. */
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

    /** Adds the times of an ended quote or store; the request was counted when it was sent. */
    void exchanged(RequestResult exchange) {
        dialNanos += exchange.dialNanos();
        identityNanos += exchange.identityNanos();
        if (exchange.failure() == RequestFailure.IDENTITY_TIMED_OUT) identityTimeouts++;
    }
}
