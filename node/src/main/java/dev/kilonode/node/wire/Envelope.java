package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * A signed message, the only thing that nodes send. Every envelope carries its sender's public key and signature.
 *
 * @param message the content
 * @param from the sender
 * @param unixSeconds time of sending, by the sender's clock
 * @param client whether the sender is a client (user agent {@code client/...}) rather than a node
 * @param publicKey the sender's raw key, or null if signatures are charged and not computed
 * @param signature over all other fields, or null if signatures are charged and not computed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Envelope(
        Message message,
        PeerId from,
        long unixSeconds,
        boolean client,
        byte @Nullable [] publicKey,
        byte @Nullable [] signature) {}
