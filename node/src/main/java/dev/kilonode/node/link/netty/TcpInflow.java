package dev.kilonode.node.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames together that arrive in parts, several at a time. Refuses by throwing {@link ProtocolException} what no honest
 * end sends. What it holds is bounded: so many frames, and together no more bytes than two of the largest. On the event loop.
 */
final class TcpInflow {

    private static final int MOST_FRAMES = 256;

    private static final class Partial {
        final byte[] bytes;
        int filled;

        Partial(int size) {
            bytes = new byte[size];
        }
    }

    private final long maxFrameBytes;
    private final IntObjectMap<Partial> partials = new IntObjectHashMap<>();
    private long heldBytes;

    TcpInflow(long maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    /** The rest of {@code record} is a whole frame. */
    byte[] whole(ByteBuf record) throws ProtocolException {
        if (record.readableBytes() > maxFrameBytes) throw oversize(record.readableBytes());
        byte[] bytes = new byte[record.readableBytes()];
        record.readBytes(bytes);
        return bytes;
    }

    /** @param record from the frame's size on */
    void first(int number, ByteBuf record) throws ProtocolException {
        int size = record.readInt();
        if (size < 0 || size > maxFrameBytes) throw oversize(size & 0xffffffffL);
        if (size <= record.readableBytes())
            throw new ProtocolException("a frame in parts, smaller than its first part");
        heldBytes += size;
        if (partials.size() >= MOST_FRAMES || heldBytes > 2 * maxFrameBytes) {
            throw new ProtocolException("too many frames in parts");
        }
        Partial partial = new Partial(size);
        if (partials.put(number, partial) != null) throw new ProtocolException("two frames of one number");
        fill(partial, record);
    }

    /** @return the frame, if this was its last part */
    byte @Nullable [] more(int number, ByteBuf record) throws ProtocolException {
        Partial partial = partials.get(number);
        if (partial == null) throw new ProtocolException("a part of no frame");
        if (record.readableBytes() > partial.bytes.length - partial.filled)
            throw new ProtocolException("too long a part");
        fill(partial, record);
        if (partial.filled < partial.bytes.length) return null;
        partials.remove(number);
        heldBytes -= partial.bytes.length;
        return partial.bytes;
    }

    void close() {
        partials.clear();
    }

    private static void fill(Partial partial, ByteBuf record) {
        int part = record.readableBytes();
        record.readBytes(partial.bytes, partial.filled, part);
        partial.filled += part;
    }

    private ProtocolException oversize(long size) {
        return new ProtocolException("frame of " + size + " bytes, the most is " + maxFrameBytes);
    }
}
