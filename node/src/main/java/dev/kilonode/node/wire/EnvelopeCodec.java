package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.identity.SignatureScheme;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes envelopes. The encoding is canonical: for every frame that {@link #decode} accepts, {@link #encode} returns the
 * same bytes. Immutable; any thread.
 *
 * <p>A frame, big-endian, with lengths in bytes:
 *
 * <pre>
 *    1  version
 *    1  kind: the ordinal of {@link MessageKind}, at a fixed offset for {@link #peekKind}
 *  1+n  the topic's name: n, then ASCII
 *   32  sender's id
 *    8  unix seconds, not negative
 *   16  user agent: ASCII, zero-padded, so that frames of clients and nodes have the same length
 *  2+n  public key: n, then the raw key
 *  4+n  payload: n, then the message's fields in the order of its record
 *  2+n  signature of every byte before it: n, then the signature; last, so that the signed bytes are contiguous
 * </pre>
 *
 * <p>Parts of a payload that the record has no field for (quotes, proofs of payment, further addresses of peers) are zeros.
 */
public final class EnvelopeCodec {

    /** Version of the format, the first byte of a frame. */
    public static final int VERSION = 1;

    private static final int KIND_OFFSET = 1;
    private static final MessageKind[] KINDS = MessageKind.values();
    private static final byte[][] TOPICS = new byte[Topic.values().length][];
    private static final int USER_AGENT_BYTES = 16;
    private static final byte[] NODE = ascii("node/0.11.0", USER_AGENT_BYTES);
    private static final byte[] CLIENT = ascii("client/0.11.0", USER_AGENT_BYTES);

    static {
        for (Topic topic : Topic.values()) {
            TOPICS[topic.ordinal()] = ascii(topic.wireName(), topic.wireName().length());
        }
    }

    /** Bytes of a frame that depend on neither scheme nor topic nor payload; three of them precede the topic's name. */
    private static final int FIXED_BYTES = 3
            + PeerId.BYTES
            + Long.BYTES
            + USER_AGENT_BYTES
            + Short.BYTES // length of the key
            + Integer.BYTES // length of the payload
            + Short.BYTES; // length of the signature

    private final SignatureScheme scheme;
    private final int maxFrameBytes;
    private final int overheadBytes;

    /**
     * @param scheme determines the lengths of keys and signatures
     * @param maxFrameBytes largest frame that {@link #decode} accepts
     */
    public EnvelopeCodec(SignatureScheme scheme, int maxFrameBytes) {
        this.scheme = scheme;
        this.maxFrameBytes = maxFrameBytes;
        this.overheadBytes = FIXED_BYTES + scheme.publicKeyBytes() + scheme.signatureBytes();
    }

    public SignatureScheme scheme() {
        return scheme;
    }

    /** Largest frame that {@link #decode} accepts, in bytes. {@link #encode} also encodes larger ones; the receiver refuses them. */
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    /** Length in bytes of the frame that {@link #encode} returns for {@code message}. */
    public int sizeOf(Message message) {
        return overheadBytes + TOPICS[message.kind().topic().ordinal()].length + message.payloadBytes();
    }

    /** The kind that a frame declares, or null if the frame is too short, of another version or of an unknown kind. */
    public static @Nullable MessageKind peekKind(byte[] frame) {
        if (frame.length <= KIND_OFFSET || frame[0] != VERSION) {
            return null;
        }
        int tag = frame[KIND_OFFSET] & 0xff;
        return tag < KINDS.length ? KINDS[tag] : null;
    }

    /** Number of bytes that the signature of a frame covers: all bytes before it. */
    public int signedBytes(byte[] frame) {
        return frame.length - scheme.signatureBytes();
    }

    /**
     * Encodes an envelope. A null key, signature or chunk content is encoded as zeros of its length.
     *
     * @throws IllegalArgumentException if a field cannot be encoded: a key of another scheme, a chunk too long
     */
    public byte[] encode(Envelope envelope) {
        Message message = envelope.message();
        byte[] frame = new byte[sizeOf(message)];
        byte[] topic = TOPICS[message.kind().topic().ordinal()];
        ByteBuffer out = ByteBuffer.wrap(frame);
        out.put((byte) VERSION).put((byte) message.kind().ordinal());
        out.put((byte) topic.length).put(topic);
        envelope.from().write(out);
        if (envelope.unixSeconds() < 0) {
            throw new IllegalArgumentException("unix seconds: got " + envelope.unixSeconds() + ", expected >= 0");
        }
        out.putLong(envelope.unixSeconds());
        out.put(envelope.client() ? CLIENT : NODE);
        putSized(out, envelope.publicKey(), scheme.publicKeyBytes(), "public key");
        out.putInt(message.payloadBytes());
        PayloadWriter.write(message, out);
        putSized(out, envelope.signature(), scheme.signatureBytes(), "signature");
        if (out.hasRemaining()) {
            throw new IllegalStateException(
                    message.kind() + ": payloadBytes() says " + out.remaining() + " bytes more than were encoded");
        }
        return frame;
    }

    /**
     * Decodes a frame. Checks its form only: not the signature, the sender or the time stamp.
     *
     * @throws MalformedFrameException if a frame is too long, too short, or has a byte that {@link #encode} would not write
     */
    public Envelope decode(byte[] frame) throws MalformedFrameException {
        if (frame.length > maxFrameBytes) {
            throw new MalformedFrameException(
                    maxFrameBytes, "a frame of " + frame.length + " bytes", "at most " + maxFrameBytes);
        }
        var in = new FrameReader(frame);
        in.check(1, in.uint8("version"), VERSION, "version");
        MessageKind kind = kind(in);
        topic(in, kind.topic());
        PeerId from = in.id("sender's id");
        long unixSeconds = in.int64("unix seconds");
        if (unixSeconds < 0) {
            throw in.wrong(Long.BYTES, unixSeconds + " as unix seconds", ">= 0");
        }
        boolean client = client(in);
        byte[] publicKey = sized(in, scheme.publicKeyBytes(), "public key");
        int payloadBytes = in.int32("payload length");
        in.check(
                Integer.BYTES,
                payloadBytes,
                Math.max(0, in.remaining() - Short.BYTES - scheme.signatureBytes()),
                "payload length");
        in.enter(payloadBytes, "payload");
        Message message = PayloadReader.read(kind, in);
        in.leave("the payload");
        byte[] signature = sized(in, scheme.signatureBytes(), "signature");
        in.leave("the frame");
        return new Envelope(message, from, unixSeconds, client, publicKey, signature);
    }

    private static MessageKind kind(FrameReader in) throws MalformedFrameException {
        int tag = in.uint8("kind");
        if (tag >= KINDS.length) {
            throw in.wrong(1, tag + " as kind", "0 to " + (KINDS.length - 1));
        }
        return KINDS[tag];
    }

    private static void topic(FrameReader in, Topic topic) throws MalformedFrameException {
        byte[] name = TOPICS[topic.ordinal()];
        in.check(1, in.uint8("topic length"), name.length, "topic length");
        if (!in.skipIf(name)) {
            throw in.wrong(0, "another topic", topic.wireName());
        }
    }

    private static boolean client(FrameReader in) throws MalformedFrameException {
        if (in.skipIf(NODE)) {
            return false;
        }
        if (in.skipIf(CLIENT)) {
            return true;
        }
        throw in.wrong(0, "another user agent", "node/0.11.0 or client/0.11.0");
    }

    private static byte[] sized(FrameReader in, int count, String what) throws MalformedFrameException {
        in.check(Short.BYTES, in.uint16("length of " + what), count, "length of " + what);
        return in.bytes(count, what);
    }

    private static void putSized(ByteBuffer out, byte @Nullable [] value, int count, String what) {
        out.putShort((short) count);
        if (value == null) {
            out.position(out.position() + count);
        } else if (value.length == count) {
            out.put(value);
        } else {
            throw new IllegalArgumentException(what + ": got " + value.length + " bytes, expected " + count);
        }
    }

    private static byte[] ascii(String text, int count) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), count);
    }
}
