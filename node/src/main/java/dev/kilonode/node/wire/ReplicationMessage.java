package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;

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
}
