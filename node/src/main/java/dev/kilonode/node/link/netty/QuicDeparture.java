package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.real.Outgoing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One frame leaving, on a stream of its own: a task for the event loop, then told of the stream, then of each piece of a large frame
 * that has been taken. The frame has left when QUIC has taken its last byte, which flow control and congestion control decide.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty: what fails ends the channel, which tells
final class QuicDeparture implements Runnable, GenericFutureListener<Future<Object>> {

    /** Bytes copied out of the heap at a time: what waits for QUIC waits in the heap. */
    private static final int PIECE_BYTES = 64 << 10;

    /** Application error code of a stream whose frame was given up half way. */
    private static final int GIVEN_UP = 1;

    /** After this nobody waits for an acknowledgement any more, whatever the frame's size. */
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final QuicDepartures departures;
    private final Outgoing outgoing;
    private @Nullable QuicStreamChannel stream;
    private long beganNanos;
    private int offset;

    QuicDeparture(QuicDepartures departures, Outgoing outgoing) {
        this.departures = departures;
        this.outgoing = outgoing;
    }

    boolean isOver() {
        return outgoing.isOver();
    }

    /** Whether an acknowledgement would come too late to matter. */
    boolean isForgotten() {
        return System.nanoTime() - beganNanos > FORGET_NANOS;
    }

    void acknowledged() {
        outgoing.acknowledged();
    }

    @Override
    public void run() {
        departures.depart(this);
    }

    void begin(QuicChannel channel) {
        beganNanos = System.nanoTime();
        Future<QuicStreamChannel> opened = channel.createStream(QuicStreamType.UNIDIRECTIONAL, null);
        if (!opened.isSuccess())
            return; // on the loop it is done at once; a connection that can open none is at its end
        QuicStreamChannel open = opened.getNow();
        stream = open;
        departures.departed(open.streamId(), this);
        proceed(open);
    }

    private void proceed(QuicStreamChannel open) {
        byte[] bytes = outgoing.frame().bytes();
        if (bytes == null) throw new IllegalArgumentException("a frame without bytes cannot cross a socket");
        boolean more = true;
        while (more) {
            boolean first = offset == 0;
            int count = Math.min(PIECE_BYTES, bytes.length - offset);
            ByteBuf piece = first ? head(open, count) : open.alloc().directBuffer(count);
            piece.writeBytes(bytes, offset, count);
            offset += count;
            more = offset < bytes.length;
            ChannelFuture taken = open.write(more ? piece : new DefaultQuicStreamFrame(piece, true));
            if (!taken.isDone()) {
                if (first) watch(open);
                taken.addListener(this);
                return;
            }
            if (!taken.isSuccess()) return; // the other end refuses it; its time-out tells
        }
        outgoing.left();
    }

    /** What comes before the frame's bytes, with room for as many of them. What may be given up half way takes no remarks along. */
    private ByteBuf head(QuicStreamChannel open, int room) {
        QuicRemarks remarks = departures.line().remarks();
        int length = outgoing.frame().sizeBytes();
        int count = length == room ? remarks.count() : 0;
        ByteBuf head = open.alloc().directBuffer(1 + (count + 1) * Integer.BYTES + room);
        head.writeByte(QuicFrameReader.head(outgoing.urgency(), count));
        remarks.moveTo(head, count);
        return head.writeInt(length);
    }

    @Override
    public void operationComplete(Future<Object> taken) {
        byte[] bytes = outgoing.frame().bytes();
        QuicStreamChannel open = stream;
        if (!taken.isSuccess() || open == null || bytes == null) return;
        if (offset == bytes.length) outgoing.left();
        else if (outgoing.isOver()) giveUp(open);
        else proceed(open);
    }

    /** Once the endpoint has given the frame up, the stream is of no more use. */
    private void watch(QuicStreamChannel open) {
        long limitNanos = departures.line().socket().config().sendTimeout().toNanos() * 2;
        open.eventLoop()
                .schedule(
                        () -> {
                            if (outgoing.isOver() && open.isActive()) giveUp(open);
                        },
                        limitNanos,
                        TimeUnit.NANOSECONDS);
    }

    private static void giveUp(QuicStreamChannel open) {
        open.shutdownOutput(GIVEN_UP);
        open.close(); // after a reset the codec still counts it as open
    }
}
