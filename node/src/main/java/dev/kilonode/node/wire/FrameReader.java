package dev.kilonode.node.wire;

import dev.kilonode.node.identity.PeerId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads untrusted bytes from front to back: every read is checked before anything is allocated. */
final class FrameReader {

    /** As long as the longest padding of any message. */
    private static final byte[] ZEROS = new byte[WireSizes.PROOF_BYTES];

    private final byte[] bytes;
    private final ByteBuffer in;

    FrameReader(byte[] bytes) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
    }

    int offset() {
        return in.position();
    }

    int remaining() {
        return in.remaining();
    }

    int uint8(String what) throws MalformedFrameException {
        need(1, what);
        return in.get() & 0xff;
    }

    int uint16(String what) throws MalformedFrameException {
        need(Short.BYTES, what);
        return in.getShort() & 0xffff;
    }

    int int32(String what) throws MalformedFrameException {
        need(Integer.BYTES, what);
        return in.getInt();
    }

    long int64(String what) throws MalformedFrameException {
        need(Long.BYTES, what);
        return in.getLong();
    }

    boolean flag(String what) throws MalformedFrameException {
        int value = uint8(what);
        if (value > 1) {
            throw wrong(1, value + " as " + what, "0 or 1");
        }
        return value == 1;
    }

    PeerId id(String what) throws MalformedFrameException {
        need(PeerId.BYTES, what);
        return PeerId.read(in);
    }

    /** @param count at least 0 */
    byte[] bytes(int count, String what) throws MalformedFrameException {
        need(count, what);
        byte[] read = Arrays.copyOfRange(bytes, in.position(), in.position() + count);
        in.position(in.position() + count);
        return read;
    }

    /** Fails unless {@code value}, read from the last {@code width} bytes, equals {@code expected}. */
    void check(int width, int value, int expected, String what) throws MalformedFrameException {
        if (value != expected) {
            throw wrong(width, value + " as " + what, String.valueOf(expected));
        }
    }

    /** Whether {@code literal} comes next; skips it if so. */
    boolean skipIf(byte[] literal) {
        int start = in.position();
        if (in.remaining() < literal.length
                || !Arrays.equals(bytes, start, start + literal.length, literal, 0, literal.length)) {
            return false;
        }
        in.position(start + literal.length);
        return true;
    }

    /** Skips {@code count} bytes of padding, which must be zero. */
    void zeros(int count, String what) throws MalformedFrameException {
        need(count, what);
        int start = in.position();
        int different = Arrays.mismatch(bytes, start, start + count, ZEROS, 0, count);
        if (different >= 0) {
            in.position(start + different + 1);
            throw wrong(1, bytes[start + different] + " in " + what, "0");
        }
        in.position(start + count);
    }

    /** Restricts reads to the next {@code count} bytes, until {@link #leave}. */
    void enter(int count, String what) throws MalformedFrameException {
        need(count, what);
        in.limit(in.position() + count);
    }

    /** Ends the section that {@link #enter} began; fails unless it has been read to its end. */
    void leave(String what) throws MalformedFrameException {
        if (in.hasRemaining()) {
            throw new MalformedFrameException(offset(), in.remaining() + " more bytes", "the end of " + what);
        }
        in.limit(bytes.length);
    }

    /** The error for the last {@code width} bytes read. */
    MalformedFrameException wrong(int width, String got, String expected) {
        return new MalformedFrameException(in.position() - width, got, expected);
    }

    private void need(int count, String what) throws MalformedFrameException {
        if (in.remaining() < count) {
            throw new MalformedFrameException(
                    offset(), "only " + in.remaining() + " more bytes", count + " bytes of " + what);
        }
    }
}
