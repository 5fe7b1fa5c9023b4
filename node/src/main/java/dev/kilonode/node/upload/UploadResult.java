package dev.kilonode.node.upload;

/**
 * Result of an upload. Stage sums are over all chunks and attempts, so they exceed {@code nanos} if chunks run in parallel. All spans are
 * in nanoseconds.
 *
 * @param succeeded whether every chunk is stored on enough nodes
 * @param reason why it failed, in words, or empty
 * @param chunks chunks of the file
 * @param bytes sum of their lengths
 * @param startedNanos when it was requested
 * @param nanos from then to its end
 * @param dialNanos time requests spent dialling
 * @param identityNanos time requests spent waiting for identities
 * @param lookupNanos time chunks spent in lookups
 * @param quoteNanos time chunks spent waiting for quotes
 * @param storeNanos time chunks spent being stored
 * @param identityTimeouts requests that failed because the peer's identity did not arrive in time
 * @param retries attempts at a chunk beyond its first
 * @param requests requests sent, lookups included
 */
public record UploadResult(
        boolean succeeded,
        String reason,
        int chunks,
        long bytes,
        long startedNanos,
        long nanos,
        long dialNanos,
        long identityNanos,
        long lookupNanos,
        long quoteNanos,
        long storeNanos,
        int identityTimeouts,
        int retries,
        int requests) {}
