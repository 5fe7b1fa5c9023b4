package dev.kilonode.node.link.quic;

import dev.kilonode.node.link.base.PendingWrite;
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
 * Sends one frame on a stream of its own. First a task for the event loop, then a listener of the writes of a large frame. The frame has
 * left when QUIC has taken its last byte, which depends on flow control and congestion control.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a failure ends the channel, which reports it
final class OutboundStream implements Runnable, GenericFutureListener<Future<Object>> {

    /** Bytes copied from the heap for one write: what waits for QUIC stays in the heap. */
    private static final int PIECE_BYTES = 64 << 10;

    /** Application error code of a stream whose frame was given up before its end. */
    private static final int GIVEN_UP = 1;

    /** After this time no sender waits for an acknowledgement, whatever the size of the frame. */
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final OutboundStreams streams;
    private final PendingWrite pending;
    private @Nullable QuicStreamChannel stream;
    private long beganNanos;
    private int offset;

    OutboundStream(OutboundStreams streams, PendingWrite pending) {
        this.streams = streams;
        this.pending = pending;
    }

    boolean isOver() {
        return pending.isOver();
    }

    /** Whether an acknowledgement would be too late for any frame. */
    boolean isForgotten() {
        return System.nanoTime() - beganNanos > FORGET_NANOS;
    }

    void acknowledged() {
        pending.acknowledged();
    }

    @Override
    public void run() {
        streams.start(this);
    }

    void begin(QuicChannel channel) {
        beganNanos = System.nanoTime();
        Future<QuicStreamChannel> opened = channel.createStream(QuicStreamType.UNIDIRECTIONAL, null);
        if (!opened.isSuccess())
            return; // completes at once on the loop; a connection that cannot open a stream has ended
        QuicStreamChannel open = opened.getNow();
        stream = open;
        streams.opened(open.streamId(), this);
        writePieces(open);
    }

    private void writePieces(QuicStreamChannel open) {
        byte[] bytes = pending.frame().bytes();
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
                if (first) resetWhenOver(open);
                taken.addListener(this);
                return;
            }
            if (!taken.isSuccess()) return; // the remote end refuses the stream; the send times out
        }
        pending.left();
    }

    /**
     * The bytes before the frame's, with room for {@code room} more. A frame that may be given up before its end carries no control words.
     */
    private ByteBuf head(QuicStreamChannel open, int room) {
        QuicControlStream control = streams.frameChannel().control();
        int length = pending.frame().sizeBytes();
        int count = length == room ? control.count() : 0;
        ByteBuf head = open.alloc().directBuffer(1 + (count + 1) * Integer.BYTES + room);
        head.writeByte(QuicFrameReader.head(pending.ackPolicy(), count));
        control.moveTo(head, count);
        return head.writeInt(length);
    }

    @Override
    public void operationComplete(Future<Object> taken) {
        byte[] bytes = pending.frame().bytes();
        QuicStreamChannel open = stream;
        if (!taken.isSuccess() || open == null || bytes == null) return;
        if (offset == bytes.length) pending.left();
        else if (pending.isOver()) giveUp(open);
        else writePieces(open);
    }

    /** Resets the stream after the endpoint has given the frame up. */
    private void resetWhenOver(QuicStreamChannel open) {
        long limitNanos = streams.frameChannel().socket().config().sendTimeout().toNanos() * 2;
        open.eventLoop()
                .schedule(
                        () -> {
                            if (pending.isOver() && open.isActive()) giveUp(open);
                        },
                        limitNanos,
                        TimeUnit.NANOSECONDS);
    }

    private static void giveUp(QuicStreamChannel open) {
        open.shutdownOutput(GIVEN_UP);
        open.close(); // the codec counts a stream as open after a reset
    }
}
