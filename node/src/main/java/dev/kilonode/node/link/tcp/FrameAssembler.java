package dev.kilonode.node.link.tcp;

import dev.kilonode.node.link.base.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * Assembles frames that arrive in parts, several at a time. Throws {@link ProtocolException} for what a correct endpoint does not send.
 * Its memory is bounded by the number of incomplete frames and by the bytes of two frames of the largest size. On the event loop.
 */
final class FrameAssembler {

    private static final int MAX_PARTIAL_FRAMES = 256;

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

    FrameAssembler(long maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    /** Reads a frame that is the rest of {@code record}. */
    byte[] whole(ByteBuf record) throws ProtocolException {
        if (record.readableBytes() > maxFrameBytes) throw oversize(record.readableBytes());
        byte[] bytes = new byte[record.readableBytes()];
        record.readBytes(bytes);
        return bytes;
    }

    /**
     * Reads the first part of a frame.
     *
     * @param record from the frame's size on
     */
    void start(int number, ByteBuf record) throws ProtocolException {
        int size = record.readInt();
        if (size < 0 || size > maxFrameBytes) throw oversize(size & 0xffffffffL);
        if (size <= record.readableBytes())
            throw new ProtocolException("frame in parts that is smaller than its first part");
        heldBytes += size;
        if (partials.size() >= MAX_PARTIAL_FRAMES || heldBytes > 2 * maxFrameBytes) {
            throw new ProtocolException("too many incomplete frames");
        }
        Partial partial = new Partial(size);
        if (partials.put(number, partial) != null) throw new ProtocolException("two incomplete frames with one number");
        fill(partial, record);
    }

    /**
     * Reads a further part of a frame.
     *
     * @return the frame, if this was its last part
     */
    byte @Nullable [] part(int number, ByteBuf record) throws ProtocolException {
        Partial partial = partials.get(number);
        if (partial == null) throw new ProtocolException("part of an unknown frame");
        if (record.readableBytes() > partial.bytes.length - partial.filled)
            throw new ProtocolException("part beyond the size of its frame");
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
        int bytes = record.readableBytes();
        record.readBytes(partial.bytes, partial.filled, bytes);
        partial.filled += bytes;
    }

    private ProtocolException oversize(long size) {
        return new ProtocolException("frame of " + size + " bytes, the most is " + maxFrameBytes);
    }
}
