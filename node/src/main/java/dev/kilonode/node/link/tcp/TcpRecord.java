package dev.kilonode.node.link.tcp;

import io.netty.buffer.ByteBuf;

/**
 * The records of a TCP connection. A record is its length (4 bytes, of what follows them), its type (1 byte) and its body; all numbers
 * are big-endian.
 *
 * <pre>
 *   HELLO     dialler's first     magic 4, version 1, the ip and port it listens at 4 + 4, stamp 8, with TLS the identity binding
 *   ACCEPTED  acceptor's first    stamp 8, with TLS the identity binding
 *   REJECTED  acceptor's only     close code 1
 *   FRAME     a small frame       number 4, acknowledgement policy 1, bytes
 *   START     a large frame       number 4, size of the frame 4, first bytes
 *   PART      its next part       number 4, bytes
 *   ACK       of complete frames  numbers 4 each
 *   CLOSE     the last            close code 1
 *   PING      keep-alive          nothing
 * </pre>
 */
final class TcpRecord {

    static final int MAGIC = 0x4B494C4F; // KILO
    static final int VERSION = 3;

    static final byte HELLO = 1;
    static final byte ACCEPTED = 2;
    static final byte REJECTED = 3;
    static final byte FRAME = 4;
    static final byte START = 5;
    static final byte PART = 6;
    static final byte ACK = 7;
    static final byte CLOSE = 8;
    static final byte PING = 9;

    static final int LENGTH_BYTES = 4;
    static final int TYPE_BYTES = 1;
    static final int NUMBER_BYTES = 4;
    static final int POLICY_BYTES = 1;
    static final int HELLO_BYTES = TYPE_BYTES + 4 + 1 + 4 + 4 + 8;
    static final int ACCEPTED_BYTES = TYPE_BYTES + 8;
    static final int CLOSE_BYTES = TYPE_BYTES + 1;

    /** The most bytes of a frame in one record: what other frames may have to wait for. */
    static final int PART_BYTES = 64 << 10;

    /** The largest valid value of the length field. */
    static final int MAX_RECORD_BYTES = TYPE_BYTES + NUMBER_BYTES + 4 + PART_BYTES;

    static ByteBuf begin(ByteBuf to, int lengthBytes, byte type) {
        return to.writeInt(lengthBytes).writeByte(type);
    }

    private TcpRecord() {}
}
