package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import org.jspecify.annotations.Nullable;

/** Messages of clients and nodes about storing chunks, on the topic {@code autonomi.ant.chunk.v1}. */
public sealed interface ChunkMessage extends Message {

    /** Asks for the price of storing a chunk. */
    record QuoteRequest(long requestId, PeerId chunk, int length) implements ChunkMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.QUOTE_REQUEST;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES + PeerId.BYTES + Integer.BYTES + WireSizes.QUOTE_REQUEST_EXTRA_BYTES;
        }
    }

    /** A price. It is binding: it carries the quoting node's key and signature. */
    record QuoteReply(long requestId, PeerId chunk, long price) implements ChunkMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.QUOTE_REPLY;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES + PeerId.BYTES + Long.BYTES + WireSizes.QUOTE_BYTES;
        }
    }

    /** Stores a chunk; carries the proof of payment, which is seven quotes. */
    record PutRequest(long requestId, Chunk chunk) implements ChunkMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.PUT_REQUEST;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES + PeerId.BYTES + Integer.BYTES + chunk.length() + WireSizes.PROOF_BYTES;
        }
    }

    /** Whether the chunk was stored. */
    record PutReply(long requestId, boolean stored) implements ChunkMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.PUT_REPLY;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES + 1;
        }
    }

    /** Asks for a chunk. */
    record GetRequest(long requestId, PeerId chunk) implements ChunkMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.GET_REQUEST;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES + PeerId.BYTES;
        }
    }

    /** The chunk, or null if the node does not store it. */
    record GetReply(long requestId, @Nullable Chunk chunk) implements ChunkMessage {
        @Override
        public MessageKind kind() {
            return MessageKind.GET_REPLY;
        }

        @Override
        public int payloadBytes() {
            return Long.BYTES + 1 + (chunk == null ? 0 : PeerId.BYTES + Integer.BYTES + chunk.length());
        }
    }
}
