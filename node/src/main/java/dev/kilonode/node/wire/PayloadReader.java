package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the payloads that {@link PayloadWriter} writes. */
final class PayloadReader {

    private PayloadReader() {}

    static Message read(MessageKind kind, FrameReader in) throws MalformedFrameException {
        return switch (kind) {
            case IDENTITY_ANNOUNCE -> IdentityAnnounce.INSTANCE;
            case FIND_NODE -> findNode(in);
            case FIND_NODE_REPLY -> new DhtMessage.FindNodeReply(requestId(in), peers(in));
            case PING -> new DhtMessage.Ping(requestId(in));
            case PONG -> new DhtMessage.Pong(requestId(in));
            case NOTIFY -> new DhtMessage.Notify(peer(in));
            case QUOTE_REQUEST -> quoteRequest(in);
            case QUOTE_REPLY -> quoteReply(in);
            case PUT_REQUEST -> new ChunkMessage.PutRequest(requestId(in), provenChunk(in));
            case PUT_REPLY -> new ChunkMessage.PutReply(requestId(in), in.flag("stored"));
            case GET_REQUEST -> new ChunkMessage.GetRequest(requestId(in), in.id("chunk address"));
            case GET_REPLY -> new ChunkMessage.GetReply(requestId(in), optionalChunk(in));
            case FRESH_OFFER -> new ReplicationMessage.FreshOffer(envelopedRequestId(in), provenChunk(in));
            case FRESH_OFFER_REPLY ->
                new ReplicationMessage.FreshOfferReply(envelopedRequestId(in), in.flag("accepted"));
            case PAID_NOTIFY -> paidNotify(in);
            case SYNC_REQUEST ->
                new ReplicationMessage.SyncRequest(envelopedRequestId(in), keys(in, "replica"), keys(in, "paid"));
            case SYNC_REPLY ->
                new ReplicationMessage.SyncReply(envelopedRequestId(in), keys(in, "replica"), keys(in, "paid"));
            case VERIFY_REQUEST -> new ReplicationMessage.VerifyRequest(envelopedRequestId(in), keys(in, "verified"));
            case VERIFY_REPLY -> new ReplicationMessage.VerifyReply(envelopedRequestId(in), answers(in));
            case FETCH_REQUEST -> new ReplicationMessage.FetchRequest(envelopedRequestId(in), in.id("chunk address"));
            case FETCH_REPLY -> new ReplicationMessage.FetchReply(envelopedRequestId(in), optionalChunk(in));
            case AUDIT_REQUEST ->
                new ReplicationMessage.AuditRequest(envelopedRequestId(in), in.int64("nonce"), keys(in, "audited"));
            case AUDIT_REPLY -> new ReplicationMessage.AuditReply(envelopedRequestId(in), keys(in, "proof"));
        };
    }

    private static DhtMessage.FindNode findNode(FrameReader in) throws MalformedFrameException {
        var message = new DhtMessage.FindNode(requestId(in), in.id("target"));
        in.zeros(WireSizes.SENDER_RECORD_BYTES, "the sender's record");
        return message;
    }

    private static ChunkMessage.QuoteRequest quoteRequest(FrameReader in) throws MalformedFrameException {
        var message = new ChunkMessage.QuoteRequest(requestId(in), in.id("chunk address"), length(in));
        in.zeros(WireSizes.QUOTE_REQUEST_EXTRA_BYTES, "data type and address envelope");
        return message;
    }

    private static ChunkMessage.QuoteReply quoteReply(FrameReader in) throws MalformedFrameException {
        var message = new ChunkMessage.QuoteReply(requestId(in), in.id("chunk address"), in.int64("price"));
        in.zeros(WireSizes.QUOTE_BYTES, "the quote");
        return message;
    }

    private static ReplicationMessage.PaidNotify paidNotify(FrameReader in) throws MalformedFrameException {
        in.zeros(WireSizes.RR_ENVELOPE_BYTES, "request envelope of a notice");
        var message = new ReplicationMessage.PaidNotify(in.id("chunk address"));
        in.zeros(WireSizes.PROOF_BYTES, "the proof of payment");
        return message;
    }

    private static long requestId(FrameReader in) throws MalformedFrameException {
        return in.int64("request id");
    }

    private static long envelopedRequestId(FrameReader in) throws MalformedFrameException {
        long requestId = requestId(in);
        in.zeros(WireSizes.RR_ENVELOPE_BYTES - Long.BYTES, "request envelope");
        return requestId;
    }

    private static List<PeerRecord> peers(FrameReader in) throws MalformedFrameException {
        int count = in.uint16("number of peers");
        if (count > Short.MAX_VALUE || count * WireSizes.PEER_IN_REPLY_BYTES != in.remaining()) {
            throw in.wrong(
                    Short.BYTES,
                    count + " peers",
                    "as many as " + in.remaining() + " bytes hold, " + WireSizes.PEER_IN_REPLY_BYTES + " each");
        }
        var peers = new PeerRecord[count];
        for (int i = 0; i < count; i++) {
            peers[i] = peer(in);
        }
        return Collections.unmodifiableList(Arrays.asList(peers));
    }

    private static List<PeerId> keys(FrameReader in, String what) throws MalformedFrameException {
        int count = count(in, PeerId.BYTES, what + " keys");
        var keys = new PeerId[count];
        for (int i = 0; i < count; i++) {
            keys[i] = in.id(what + " key");
        }
        return Collections.unmodifiableList(Arrays.asList(keys));
    }

    private static byte[] answers(FrameReader in) throws MalformedFrameException {
        int most = ReplicationMessage.VerifyReply.HELD + ReplicationMessage.VerifyReply.PAID;
        byte[] answers = in.bytes(count(in, 1, "answers"), "answers");
        for (byte answer : answers) {
            if (answer < 0 || answer > most) {
                throw in.wrong(answers.length, answer + " as an answer", "0 to " + most);
            }
        }
        return answers;
    }

    /** Reads a number of items and checks that the rest of the frame can hold them, before anything is allocated. */
    private static int count(FrameReader in, int itemBytes, String what) throws MalformedFrameException {
        int count = in.int32("number of " + what);
        if (count < 0 || count > in.remaining() / itemBytes) {
            throw in.wrong(
                    Integer.BYTES,
                    count + " " + what,
                    "at most the " + in.remaining() / itemBytes + " that the rest of the frame holds");
        }
        return count;
    }

    private static PeerRecord peer(FrameReader in) throws MalformedFrameException {
        PeerId id = in.id("peer id");
        in.check(1, in.uint8("address length"), PayloadWriter.ADDRESS_BYTES, "address length");
        in.check(1, in.uint8("address family"), PayloadWriter.IPV4, "address family");
        NodeAddress address = address(in);
        int count = in.uint8("number of former addresses");
        if (count > PeerRecord.MOST_FORMER) {
            throw in.wrong(1, count + " former addresses", "at most " + PeerRecord.MOST_FORMER);
        }
        var former = new NodeAddress[count];
        for (int i = 0; i < count; i++) {
            former[i] = address(in);
        }
        in.zeros(
                WireSizes.PEER_IN_REPLY_BYTES - PeerRecord.BYTES - 1 - count * PayloadWriter.ADDRESS_BYTES,
                "what else is known of a peer");
        return new PeerRecord(id, address, List.of(former));
    }

    private static NodeAddress address(FrameReader in) throws MalformedFrameException {
        int ip = in.int32("IPv4 address");
        int port = in.uint16("port");
        if (port == 0) {
            throw in.wrong(Short.BYTES, "0 as port", "1 to 65535");
        }
        return new NodeAddress(ip, port);
    }

    private static Chunk provenChunk(FrameReader in) throws MalformedFrameException {
        Chunk chunk = chunk(in);
        in.zeros(WireSizes.PROOF_BYTES, "the proof of payment");
        return chunk;
    }

    private static @Nullable Chunk optionalChunk(FrameReader in) throws MalformedFrameException {
        return in.flag("whether the chunk follows") ? chunk(in) : null;
    }

    private static Chunk chunk(FrameReader in) throws MalformedFrameException {
        PeerId address = in.id("chunk address");
        int length = length(in);
        return new Chunk(address, length, in.bytes(length, "chunk content"));
    }

    private static int length(FrameReader in) throws MalformedFrameException {
        int length = in.int32("chunk length");
        if (length < 0 || length > Chunk.MAX_BYTES) {
            throw in.wrong(Integer.BYTES, length + " as chunk length", "0 to " + Chunk.MAX_BYTES);
        }
        return length;
    }
}
