package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.real.Urgency;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Acknowledgements of one TCP connection. They leave with the next frame, or after a while on their own: a write for each would cost
 * as much as the frame it answers. The while is that of the most urgent. It is short if the other end waits for one; but as long as the
 * node has not looked at the frames, its answer may come and take them along, so they wait a little longer: 36 ms in all, of the second
 * and more that the other end waits. On the event loop.
 */
final class TcpReceipts {

    /** As many as one record holds, so that a sender to whom nothing is sent need not keep many frames. */
    private static final int MOST = 64;

    private static final int[] NONE = {};

    private static final long WITHIN_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /** For the answer of a node that has much to do. */
    private static final long LONGER_NANOS = TimeUnit.MILLISECONDS.toNanos(32);

    private final Channel channel;
    private final BooleanSupplier unread;
    private final Runnable flush = this::flush;
    private final Runnable write = this::write;
    private final Company company;
    private int[] numbers = NONE;
    private int count;
    private boolean awaited;
    private boolean due;

    /** @param unread whether the node has frames of the connection still to look at */
    TcpReceipts(Channel channel, LoopDelays delays, BooleanSupplier unread) {
        this.channel = channel;
        this.unread = unread;
        company = new Company(delays, this::send);
    }

    /** The frame of this number has been read. */
    void add(int number, Urgency urgency) {
        if (urgency == Urgency.AWAITED) awaited = true;
        else company.await(urgency);
        if (count == numbers.length) numbers = Arrays.copyOf(numbers, Math.max(4, 2 * count));
        numbers[count++] = number;
        if (count == MOST) send();
    }

    /** No more is there to be read for now. */
    void readComplete() {
        if (!awaited || due) return;
        due = true;
        later(WITHIN_NANOS, flush);
    }

    private void flush() {
        if (count > 0 && unread.getAsBoolean()) later(LONGER_NANOS, write);
        else write();
    }

    private void later(long nanos, Runnable then) {
        var unused = channel.eventLoop().schedule(then, nanos, TimeUnit.NANOSECONDS);
    }

    /** Size of the record of all not yet acknowledged; zero if there are none. */
    int bytes() {
        return count == 0 ? 0 : TcpRecord.LENGTH_BYTES + lengthBytes();
    }

    private int lengthBytes() {
        return TcpRecord.TYPE_BYTES + count * TcpRecord.NUMBER_BYTES;
    }

    /** Writes that record, if there are any; with that they are acknowledged. */
    void moveTo(ByteBuf to) {
        if (count == 0) return;
        TcpRecord.begin(to, lengthBytes(), TcpRecord.ACK);
        for (int i = 0; i < count; i++) to.writeInt(numbers[i]);
        clear();
    }

    /** None waits any more. */
    void clear() {
        count = 0;
        awaited = false;
        company.over();
    }

    private void write() {
        due = false;
        send();
    }

    /** Sends what waits. */
    void send() {
        if (count == 0) return;
        ByteBuf record = channel.alloc().directBuffer(bytes());
        moveTo(record);
        channel.writeAndFlush(record).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
