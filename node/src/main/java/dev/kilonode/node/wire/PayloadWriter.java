package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the payloads that {@link PayloadReader} reads. The buffer must be zeroed: padding is skipped, not written. */
final class PayloadWriter {

    /** Length in bytes of a socket address on the wire. */
    static final int ADDRESS_BYTES = Integer.BYTES + Short.BYTES;

    static final int IPV4 = 4;

    private PayloadWriter() {}

    static void write(Message message, ByteBuffer out) {
        switch (message.kind()) {
            case IDENTITY_ANNOUNCE -> {}
            case FIND_NODE -> findNode((DhtMessage.FindNode) message, out);
            case FIND_NODE_REPLY -> findNodeReply((DhtMessage.FindNodeReply) message, out);
            case PING, PONG -> out.putLong(message.requestId());
            case NOTIFY -> peer(((DhtMessage.Notify) message).subject(), out);
            case QUOTE_REQUEST -> quoteRequest((ChunkMessage.QuoteRequest) message, out);
            case QUOTE_REPLY -> quoteReply((ChunkMessage.QuoteReply) message, out);
            case PUT_REQUEST -> {
                out.putLong(message.requestId());
                chunk(((ChunkMessage.PutRequest) message).chunk(), out);
                skip(WireSizes.PROOF_BYTES, out);
            }
            case PUT_REPLY -> {
                out.putLong(message.requestId());
                flag(((ChunkMessage.PutReply) message).stored(), out);
            }
            case GET_REQUEST -> {
                out.putLong(message.requestId());
                ((ChunkMessage.GetRequest) message).chunk().write(out);
            }
            case GET_REPLY -> getReply((ChunkMessage.GetReply) message, out);
            case FRESH_OFFER -> {
                requestEnvelope(message, out);
                chunk(((ReplicationMessage.FreshOffer) message).chunk(), out);
                skip(WireSizes.PROOF_BYTES, out);
            }
            case FRESH_OFFER_REPLY -> {
                requestEnvelope(message, out);
                flag(((ReplicationMessage.FreshOfferReply) message).accepted(), out);
            }
            case PAID_NOTIFY -> {
                requestEnvelope(message, out);
                ((ReplicationMessage.PaidNotify) message).chunk().write(out);
                skip(WireSizes.PROOF_BYTES, out);
            }
            default -> upkeep((ReplicationMessage) message, out);
        }
    }

    /** Messages of replication after the first store. */
    private static void upkeep(ReplicationMessage message, ByteBuffer out) {
        requestEnvelope(message, out);
        if (message instanceof ReplicationMessage.SyncRequest sync) {
            keys(sync.replicas(), out);
            keys(sync.paid(), out);
        } else if (message instanceof ReplicationMessage.SyncReply sync) {
            keys(sync.replicas(), out);
            keys(sync.paid(), out);
        } else if (message instanceof ReplicationMessage.VerifyRequest verify) {
            keys(verify.keys(), out);
        } else if (message instanceof ReplicationMessage.VerifyReply verify) {
            out.putInt(verify.answers().length).put(verify.answers());
        } else if (message instanceof ReplicationMessage.FetchRequest fetch) {
            fetch.chunk().write(out);
        } else if (message instanceof ReplicationMessage.FetchReply fetch) {
            optionalChunk(fetch.chunk(), out);
        } else if (message instanceof ReplicationMessage.AuditRequest audit) {
            out.putLong(audit.nonce());
            keys(audit.keys(), out);
        } else if (message instanceof ReplicationMessage.AuditReply audit) {
            keys(audit.proofs(), out);
        } else {
            throw new IllegalArgumentException("got " + message.kind() + ", a kind without an encoding");
        }
    }

    private static void keys(List<PeerId> keys, ByteBuffer out) {
        out.putInt(keys.size());
        for (PeerId key : keys) {
            key.write(out);
        }
    }

    private static void findNode(DhtMessage.FindNode message, ByteBuffer out) {
        out.putLong(message.requestId());
        message.target().write(out);
        skip(WireSizes.SENDER_RECORD_BYTES, out);
    }

    private static void findNodeReply(DhtMessage.FindNodeReply message, ByteBuffer out) {
        int count = message.closest().size();
        require(count <= Short.MAX_VALUE, "peers in a reply", count, "at most " + Short.MAX_VALUE);
        out.putLong(message.requestId()).putShort((short) count);
        for (PeerRecord peer : message.closest()) {
            peer(peer, out);
        }
    }

    private static void quoteRequest(ChunkMessage.QuoteRequest message, ByteBuffer out) {
        out.putLong(message.requestId());
        message.chunk().write(out);
        length(message.length(), out);
        skip(WireSizes.QUOTE_REQUEST_EXTRA_BYTES, out);
    }

    private static void quoteReply(ChunkMessage.QuoteReply message, ByteBuffer out) {
        out.putLong(message.requestId());
        message.chunk().write(out);
        out.putLong(message.price());
        skip(WireSizes.QUOTE_BYTES, out);
    }

    private static void getReply(ChunkMessage.GetReply message, ByteBuffer out) {
        out.putLong(message.requestId());
        optionalChunk(message.chunk(), out);
    }

    private static void optionalChunk(@Nullable Chunk chunk, ByteBuffer out) {
        flag(chunk != null, out);
        if (chunk != null) {
            chunk(chunk, out);
        }
    }

    private static void requestEnvelope(Message message, ByteBuffer out) {
        out.putLong(message.requestId());
        skip(WireSizes.RR_ENVELOPE_BYTES - Long.BYTES, out);
    }

    private static void chunk(Chunk chunk, ByteBuffer out) {
        chunk.address().write(out);
        length(chunk.length(), out);
        byte[] content = chunk.content();
        if (content == null) {
            skip(chunk.length(), out);
        } else {
            require(
                    content.length == chunk.length(),
                    "bytes in a chunk",
                    content.length,
                    "its length, " + chunk.length());
            out.put(content);
        }
    }

    private static void peer(PeerRecord peer, ByteBuffer out) {
        int port = peer.address().port();
        require(port >= 1 && port <= 0xffff, "port", port, "1 to 65535");
        peer.id().write(out);
        out.put((byte) ADDRESS_BYTES)
                .put((byte) IPV4)
                .putInt(peer.address().ip())
                .putShort((short) port);
        int count = peer.former().size();
        require(count <= PeerRecord.MOST_FORMER, "former addresses", count, "at most " + PeerRecord.MOST_FORMER);
        out.put((byte) count);
        for (NodeAddress former : peer.former()) {
            require(former.port() >= 1 && former.port() <= 0xffff, "port", former.port(), "1 to 65535");
            out.putInt(former.ip()).putShort((short) former.port());
        }
        skip(WireSizes.PEER_IN_REPLY_BYTES - PeerRecord.BYTES - 1 - count * ADDRESS_BYTES, out);
    }

    private static void length(int length, ByteBuffer out) {
        require(length >= 0 && length <= Chunk.MAX_BYTES, "chunk length", length, "0 to " + Chunk.MAX_BYTES);
        out.putInt(length);
    }

    private static void flag(boolean value, ByteBuffer out) {
        out.put((byte) (value ? 1 : 0));
    }

    private static void skip(int count, ByteBuffer out) {
        out.position(out.position() + count);
    }

    private static void require(boolean holds, String what, int got, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": got " + got + ", expected " + expected);
        }
    }
}
