package dev.kilonode.node.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledgements of one TCP connection. They leave with the next frame, or soon on their own: a write for each would cost as
 * much as the frame it answers. On the event loop.
 */
final class TcpReceipts {

    private static final long WITHIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int EMPTY_BYTES = TcpRecord.LENGTH_BYTES + TcpRecord.TYPE_BYTES;
    private static final int FULL_BYTES = TcpRecord.PART_BYTES;

    private final Channel channel;
    private final Runnable flush = this::flush;
    private @Nullable ByteBuf record;
    private boolean due;

    TcpReceipts(Channel channel) {
        this.channel = channel;
    }

    /** The frame of this number has been read. */
    void add(int number) {
        ByteBuf numbers = record;
        if (numbers == null) {
            numbers = channel.alloc().directBuffer(EMPTY_BYTES + 4 * TcpRecord.NUMBER_BYTES);
            TcpRecord.begin(numbers, 0, TcpRecord.ACK);
            record = numbers;
        }
        numbers.writeInt(number);
        if (numbers.readableBytes() >= FULL_BYTES) write();
    }

    /** No more is there to be read for now. */
    void readComplete() {
        if (record == null || due) return;
        due = true;
        var unused = channel.eventLoop().schedule(flush, WITHIN_NANOS, TimeUnit.NANOSECONDS);
    }

    /** The record of all not yet acknowledged, to be written next; null if there are none. */
    @Nullable
    ByteBuf take() {
        ByteBuf numbers = record;
        record = null;
        if (numbers != null) numbers.setInt(0, numbers.readableBytes() - TcpRecord.LENGTH_BYTES);
        return numbers;
    }

    /** Nothing is acknowledged any more. */
    void close() {
        ByteBuf numbers = take();
        if (numbers != null) numbers.release();
    }

    private void flush() {
        due = false;
        write();
    }

    private void write() {
        ByteBuf numbers = take();
        if (numbers != null) channel.writeAndFlush(numbers).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
