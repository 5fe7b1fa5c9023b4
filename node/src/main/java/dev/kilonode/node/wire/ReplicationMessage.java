package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What storing nodes tell each other, in request/response envelopes. */
public sealed interface ReplicationMessage extends Message {

    /** A chunk just stored here that the receiver should hold too: the whole chunk with its proof, unasked. */
    record FreshOffer(long requestId, Chunk chunk) implements ReplicationMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.FRESH_OFFER;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES + PeerId.BYTES + Integer.BYTES + chunk.length() + WireSizes.PROOF_BYTES;
        }
    }

    /** Whether the offer was taken (false: held already, or no room). */
    record FreshOfferReply(long requestId, boolean accepted) implements ReplicationMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.FRESH_OFFER_REPLY;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES + 1;
        }
    }

    /** "This chunk has been paid for", with the proof; unanswered. */
    record PaidNotify(PeerId chunk) implements ReplicationMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.PAID_NOTIFY;
        }

        @Override
        public long requestId() {
            return 0;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES + PeerId.BYTES + WireSizes.PROOF_BYTES;
        }
    }

    /**
     * "These are the keys I know that concern you; which of mine do you know?"
     *
     * @param replicas keys of chunks stored here that the receiver should hold too
     * @param paid keys known here as paid for that the receiver should know too
     */
    record SyncRequest(long requestId, List<PeerId> replicas, List<PeerId> paid) implements ReplicationMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.SYNC_REQUEST;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES + keysBytes(replicas) + keysBytes(paid);
        }
    }

    /** The same, seen from the other side. */
    record SyncReply(long requestId, List<PeerId> replicas, List<PeerId> paid) implements ReplicationMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.SYNC_REPLY;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES + keysBytes(replicas) + keysBytes(paid);
        }
    }

    /** Asks of each key whether the receiver holds its chunk and whether it knows it as paid for. */
    record VerifyRequest(long requestId, List<PeerId> keys) implements ReplicationMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.VERIFY_REQUEST;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES + keysBytes(keys);
        }
    }

    /**
     * What the receiver knows of each key.
     *
     * @param answers as many as keys were asked for: {@link #HELD} and {@link #PAID}, or their sum, or 0
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record VerifyReply(long requestId, byte[] answers) implements ReplicationMessage {

        public static final byte HELD = 1;
        public static final byte PAID = 2;

        @Override
        public MessageKind kind() {
            return MessageKind.VERIFY_REPLY;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES + Integer.BYTES + answers.length;
        }
    }

    /** Asks a neighbour for a chunk that is missing here. */
    record FetchRequest(long requestId, PeerId chunk) implements ReplicationMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.FETCH_REQUEST;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES + PeerId.BYTES;
        }
    }

    /** The chunk, or null where it is not held. */
    record FetchReply(long requestId, @Nullable Chunk chunk) implements ReplicationMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.FETCH_REPLY;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES
                    + 1
                    + (chunk == null ? 0 : PeerId.BYTES + Integer.BYTES + chunk.length());
        }
    }

    /**
     * "Prove that you hold these."
     *
     * @param nonce to be hashed with each chunk, so that no old answer serves
     */
    record AuditRequest(long requestId, long nonce, List<PeerId> keys) implements ReplicationMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.AUDIT_REQUEST;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES + Long.BYTES + keysBytes(keys);
        }
    }

    /** A hash for each key asked for, in their order; all zeros for a chunk that is not held. */
    record AuditReply(long requestId, List<PeerId> proofs) implements ReplicationMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.AUDIT_REPLY;
        }

        @Override
        public int payloadBytes() {
            return WireSizes.RR_ENVELOPE_BYTES + keysBytes(proofs);
        }
    }

    private static int keysBytes(List<PeerId> keys) {
        return Integer.BYTES + keys.size() * PeerId.BYTES;
    }
}
