package dev.kilonode.node.link.tcp;

import dev.kilonode.node.link.base.AckPolicy;
import dev.kilonode.node.link.netty.AckDelayTimer;
import dev.kilonode.node.link.netty.LoopTimers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The pending acknowledgements of one TCP connection. They are sent with the next frame, or alone after a delay: a write for each
 * would cost as much as the frame it acknowledges. The delay is the shortest of the pending policies. {@link AckPolicy#PROMPT} has
 * a short delay; if frames still wait for the node when it expires, the node's answer may carry the acknowledgements, so that the delay is
 * extended once, to 36 ms in all. The sender waits at least a second. On the event loop.
 */
final class AckBatcher {

    /** The most in one record, so that a sender that receives no frames need not keep many. */
    private static final int MAX_PENDING = 64;

    private static final int[] NONE = {};

    private static final long PROMPT_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /** The extension for a node that has not handled the frames yet. */
    private static final long EXTENDED_NANOS = TimeUnit.MILLISECONDS.toNanos(32);

    private final Channel channel;
    private final BooleanSupplier unread;
    private final Runnable flush = this::flush;
    private final Runnable write = this::write;
    private final AckDelayTimer delayTimer;
    private int[] numbers = NONE;
    private int count;
    private boolean prompt;
    private boolean scheduled;

    /** @param unread whether frames of the connection wait for the node */
    AckBatcher(Channel channel, LoopTimers timers, BooleanSupplier unread) {
        this.channel = channel;
        this.unread = unread;
        delayTimer = new AckDelayTimer(timers, this::send);
    }

    /** The frame with this number has been received. */
    void add(int number, AckPolicy policy) {
        if (policy == AckPolicy.PROMPT) prompt = true;
        else delayTimer.start(policy);
        if (count == numbers.length) numbers = Arrays.copyOf(numbers, Math.max(4, 2 * count));
        numbers[count++] = number;
        if (count == MAX_PENDING) send();
    }

    /** Nothing more can be read for now. */
    void readComplete() {
        if (!prompt || scheduled) return;
        scheduled = true;
        schedule(PROMPT_NANOS, flush);
    }

    private void flush() {
        if (count > 0 && unread.getAsBoolean()) schedule(EXTENDED_NANOS, write);
        else write();
    }

    private void schedule(long nanos, Runnable then) {
        var unused = channel.eventLoop().schedule(then, nanos, TimeUnit.NANOSECONDS);
    }

    /** The size of an ACK record with all pending acknowledgements; 0 if there are none. */
    int bytes() {
        return count == 0 ? 0 : TcpRecord.LENGTH_BYTES + lengthBytes();
    }

    private int lengthBytes() {
        return TcpRecord.TYPE_BYTES + count * TcpRecord.NUMBER_BYTES;
    }

    /** Writes that record, if any acknowledgement is pending; none is pending afterwards. */
    void moveTo(ByteBuf to) {
        if (count == 0) return;
        TcpRecord.begin(to, lengthBytes(), TcpRecord.ACK);
        for (int i = 0; i < count; i++) to.writeInt(numbers[i]);
        clear();
    }

    /** Discards all pending acknowledgements. */
    void clear() {
        count = 0;
        prompt = false;
        delayTimer.cancel();
    }

    private void write() {
        scheduled = false;
        send();
    }

    /** Sends the pending acknowledgements in a record of their own. */
    void send() {
        if (count == 0) return;
        ByteBuf record = channel.alloc().directBuffer(bytes());
        moveTo(record);
        channel.writeAndFlush(record).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
