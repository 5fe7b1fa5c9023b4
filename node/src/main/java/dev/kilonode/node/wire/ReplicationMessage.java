package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages between storing nodes, in request/response envelopes. */
public sealed interface ReplicationMessage extends Message {

    /** Offers a chunk that was just stored and that the receiver should hold too: the whole chunk with its proof, unsolicited. */
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

    /** Whether the offer was accepted (false: held already, or no room). */
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

    /** Announces that a chunk has been paid for, with the proof; has no reply. */
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
     * Lists the keys known to the sender that concern the receiver, and asks which the receiver knows.
     *
     * @param replicas keys of chunks that the sender stores and the receiver should store too
     * @param paid keys that the sender knows as paid for and the receiver should know too
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

    /** The receiver's answer to a {@link SyncRequest}, of the same form. */
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

    /** Asks for each key whether the receiver holds its chunk and whether it knows it as paid for. */
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
     * What the receiver knows about each key.
     *
     * @param answers one per key asked for: {@link #HELD}, {@link #PAID}, their sum, or 0
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

    /** Asks a neighbour for a chunk that the sender lacks. */
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

    /** The chunk, or null if the node does not hold it. */
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
     * Asks for a proof that the receiver holds chunks.
     *
     * @param nonce hashed with each chunk, so that an earlier answer cannot be replayed
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

    /** One hash per key asked for, in the same order; all zeros for a chunk that is not held. */
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
