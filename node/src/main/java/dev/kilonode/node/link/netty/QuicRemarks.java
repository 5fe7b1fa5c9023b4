package dev.kilonode.node.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What this end says about the connection, on the first stream it opens: a greeting, which is a stamp of eight bytes and the appointment of
 * {@link TlsIdentity}; then remarks of four bytes each: {@link #PING}, or the number of a frame's stream among those of its kind, which acknowledges the frame. Remarks of one turn of the
 * event loop leave together. On the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty: what fails ends the channel, which tells
final class QuicRemarks implements Runnable, ChannelFutureListener {

    static final long PING = 0;

    /** Streams of one kind, those that carry one direction and were opened by one end, are four apart. */
    private static final int STREAM_STEP_BITS = 2;

    /** Unsaid remarks; an other end that lets them pile up sends frames and reads nothing. */
    private static final int MAX_UNSAID_BYTES = 64 << 10;

    private final QuicLine line;
    private @Nullable QuicStreamChannel stream;
    private @Nullable ByteBuf unsaid;
    private boolean flushing;

    QuicRemarks(QuicLine line) {
        this.line = line;
    }

    static long number(long streamId) {
        return streamId >>> STREAM_STEP_BITS;
    }

    void open(long stamp, byte[] appointment) {
        line.channel()
                .createStream(QuicStreamType.UNIDIRECTIONAL, null)
                .addListener((Future<QuicStreamChannel> opened) -> {
                    if (!opened.isSuccess()) {
                        line.protocolError(); // it allows no stream
                        return;
                    }
                    QuicStreamChannel open = opened.getNow();
                    stream = open;
                    open.write(open.alloc()
                            .directBuffer(Long.BYTES + appointment.length)
                            .writeLong(stamp)
                            .writeBytes(appointment));
                });
    }

    void acknowledge(long streamId) {
        say(number(streamId));
    }

    void ping() {
        if (line.isUp()) say(PING);
    }

    private void say(long remark) {
        if (stream == null) return;
        ByteBuf pending = unsaid;
        if (pending == null) {
            pending = stream.alloc().directBuffer(Long.BYTES);
            unsaid = pending;
        }
        pending.writeInt((int) remark);
        if (pending.readableBytes() > MAX_UNSAID_BYTES) {
            line.protocolError();
        } else if (!flushing) {
            flushing = true;
            line.socket().loop().execute(this);
        }
    }

    @Override
    public void run() {
        ByteBuf pending = unsaid;
        flushing = false;
        if (pending == null || stream == null) return;
        unsaid = null;
        ChannelFuture written = stream.write(pending);
        if (written.isDone()) return;
        flushing = true;
        written.addListener(this);
    }

    @Override
    public void operationComplete(ChannelFuture written) {
        run();
    }

    void clear() {
        if (unsaid != null) unsaid.release();
        unsaid = null;
        stream = null;
    }
}
