package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.real.Urgency;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What this end says about the connection, on the first stream it opens: a greeting, which is a stamp of eight bytes and the appointment of
 * {@link TlsIdentity}; then remarks of four bytes each: {@link #PING}, or the number of a frame's stream among those of its kind, which
 * acknowledges the frame. Remarks of one turn of the event loop leave together; those that still wait leave with the next frame, in its
 * stream. Acknowledgements that nobody waits for wait for such {@link Company}. On the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty: what fails ends the channel, which tells
final class QuicRemarks implements Runnable, ChannelFutureListener {

    static final int PING = 0;

    /** Streams of one kind, those that carry one direction and were opened by one end, are four apart. */
    private static final int STREAM_STEP_BITS = 2;

    /** Unsaid remarks; an other end that lets them pile up sends frames and reads nothing. */
    private static final int MAX_UNSAID_BYTES = 64 << 10;

    /** As many acknowledgements as travel with one frame, so that a sender to whom nothing is sent need not keep many. */
    private static final int MOST = QuicFrameReader.MOST_REMARKS;

    private final QuicLine line;
    private final Company company;
    private @Nullable QuicStreamChannel stream;
    private @Nullable ByteBuf unsaid;
    private boolean due;
    private boolean writing;

    QuicRemarks(QuicLine line) {
        this.line = line;
        company = new Company(line.socket().delays(), this::say);
    }

    static int number(long streamId) {
        return (int) (streamId >>> STREAM_STEP_BITS);
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

    void acknowledge(long streamId, Urgency urgency) {
        note(number(streamId));
        if (urgency == Urgency.AWAITED || count() == MOST) sayNow();
        else company.await(urgency);
    }

    void ping() {
        if (!line.isUp()) return;
        note(PING);
        sayNow();
    }

    private void sayNow() {
        if (due) return;
        due = true;
        line.socket().loop().execute(this);
    }

    private void note(int remark) {
        if (stream == null) return;
        ByteBuf pending = unsaid;
        if (pending == null) {
            pending = stream.alloc().directBuffer(Long.BYTES);
            unsaid = pending;
        }
        pending.writeInt(remark);
        if (pending.readableBytes() > MAX_UNSAID_BYTES) line.protocolError();
    }

    @Override
    public void run() {
        due = false;
        say();
    }

    /** How many may travel with a frame. */
    int count() {
        return unsaid == null ? 0 : Math.min(MOST, unsaid.readableBytes() / Integer.BYTES);
    }

    /** Writes {@code count} of them; with that they are said. */
    void moveTo(ByteBuf frame, int count) {
        ByteBuf pending = unsaid;
        if (pending == null) return;
        frame.writeBytes(pending, count * Integer.BYTES);
        if (pending.isReadable()) return;
        pending.release();
        allSaid();
    }

    /** Says what has not been said, or lets it follow what QUIC has not taken yet. */
    private void say() {
        ByteBuf pending = unsaid;
        if (pending == null || stream == null || writing) return;
        allSaid();
        ChannelFuture written = stream.write(pending);
        if (written.isDone()) return;
        writing = true;
        written.addListener(this);
    }

    @Override
    public void operationComplete(ChannelFuture written) {
        writing = false;
        say();
    }

    void clear() {
        if (unsaid != null) unsaid.release();
        allSaid();
        stream = null;
    }

    private void allSaid() {
        unsaid = null;
        company.over();
    }
}
