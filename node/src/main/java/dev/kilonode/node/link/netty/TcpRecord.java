package dev.kilonode.node.link.netty;

import io.netty.buffer.ByteBuf;

/**
 * What goes over a TCP connection: records, each with its length (four bytes, of what follows them), its type (one byte) and its
 * body, big-endian.
 *
 * <pre>
 *   HELLO     dialler's first     magic 4, version 1, the ip and port it listens at 4 + 4, stamp 8, with TLS the appointment
 *   WELCOME   acceptor's first    stamp 8, with TLS the appointment
 *   DECLINED  acceptor's only     farewell 1
 *   WHOLE     a frame             number 4, urgency 1, bytes
 *   FIRST     a large frame       number 4, size of the frame 4, first bytes
 *   MORE      its next part       number 4, bytes
 *   ACK       of whole frames     numbers 4 each
 *   BYE       the last            farewell 1
 *   PING      a sign of life      nothing
 * </pre>
 */
final class TcpRecord {

    static final int MAGIC = 0x4B494C4F; // KILO
    static final int VERSION = 3;

    static final byte HELLO = 1;
    static final byte WELCOME = 2;
    static final byte DECLINED = 3;
    static final byte WHOLE = 4;
    static final byte FIRST = 5;
    static final byte MORE = 6;
    static final byte ACK = 7;
    static final byte BYE = 8;
    static final byte PING = 9;

    static final int LENGTH_BYTES = 4;
    static final int TYPE_BYTES = 1;
    static final int NUMBER_BYTES = 4;
    static final int URGENCY_BYTES = 1;
    static final int HELLO_BYTES = TYPE_BYTES + 4 + 1 + 4 + 4 + 8;
    static final int WELCOME_BYTES = TYPE_BYTES + 8;
    static final int FAREWELL_BYTES = TYPE_BYTES + 1;

    /** Bytes of a frame that one record carries at most: what another frame may have to wait for. */
    static final int PART_BYTES = 64 << 10;

    /** Longest that the first four bytes may say. */
    static final int MAX_RECORD_BYTES = TYPE_BYTES + NUMBER_BYTES + 4 + PART_BYTES;

    static ByteBuf begin(ByteBuf to, int lengthBytes, byte type) {
        return to.writeInt(lengthBytes).writeByte(type);
    }

    private TcpRecord() {}
}
