package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * A signed message: the only thing that travels. Every message carries its sender's public key and signature.
 *
 * @param message what is said
 * @param from who says it
 * @param unixSeconds when it was said, by the sender's clock
 * @param client whether the sender is a client (user agent {@code client/...}) rather than a node
 * @param publicKey the sender's key, or null where signatures are charged, not computed
 * @param signature over everything else, or null likewise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Envelope(
        Message message,
        PeerId from,
        long unixSeconds,
        boolean client,
        byte @Nullable [] publicKey,
        byte @Nullable [] signature) {}
