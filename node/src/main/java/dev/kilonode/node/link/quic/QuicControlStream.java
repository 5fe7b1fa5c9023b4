package dev.kilonode.node.link.quic;

import dev.kilonode.node.link.base.AckPolicy;
import dev.kilonode.node.link.netty.AckDelayTimer;
import dev.kilonode.node.link.tls.TlsIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The control stream of this end, which is the first stream that it opens. It carries a handshake: a stamp of eight bytes and the identity
 * binding of {@link TlsIdentity}. Then control words of four bytes each: {@link #PING}, or the number of a frame's stream among
 * the streams of its kind, which acknowledges the frame. Words of one turn of the event loop leave together. Pending words leave
 * with the next frame, on its stream. The {@link AckDelayTimer} limits how long acknowledgements wait for such a frame. On the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a failure ends the channel, which reports it
final class QuicControlStream implements Runnable, ChannelFutureListener {

    static final int PING = 0;

    /** The numbers of streams of one kind, with the same direction and opened by the same end, are four apart. */
    private static final int STREAM_STEP_BITS = 2;

    /** Limit of the pending words; a remote end that exceeds it sends frames and reads nothing. */
    private static final int MAX_PENDING_BYTES = 64 << 10;

    /** The most acknowledgements that one frame can carry, so that a sender that receives no frames need not keep many. */
    private static final int MAX_WORDS = QuicFrameReader.MAX_CONTROL_WORDS;

    private final QuicFrameChannel frameChannel;
    private final AckDelayTimer delayTimer;
    private @Nullable QuicStreamChannel stream;
    private @Nullable ByteBuf pending;
    private boolean flushScheduled;
    private boolean writing;

    QuicControlStream(QuicFrameChannel frameChannel) {
        this.frameChannel = frameChannel;
        delayTimer = new AckDelayTimer(frameChannel.socket().timers(), this::flush);
    }

    static int number(long streamId) {
        return (int) (streamId >>> STREAM_STEP_BITS);
    }

    void open(long stamp, byte[] binding) {
        frameChannel
                .channel()
                .createStream(QuicStreamType.UNIDIRECTIONAL, null)
                .addListener((Future<QuicStreamChannel> opened) -> {
                    if (!opened.isSuccess()) {
                        frameChannel.protocolError(); // the remote end permits no stream
                        return;
                    }
                    QuicStreamChannel open = opened.getNow();
                    stream = open;
                    open.write(open.alloc()
                            .directBuffer(Long.BYTES + binding.length)
                            .writeLong(stamp)
                            .writeBytes(binding));
                });
    }

    void acknowledge(long streamId, AckPolicy policy) {
        add(number(streamId));
        if (policy == AckPolicy.PROMPT || count() == MAX_WORDS) flushSoon();
        else delayTimer.start(policy);
    }

    void ping() {
        if (!frameChannel.isUp()) return;
        add(PING);
        flushSoon();
    }

    private void flushSoon() {
        if (flushScheduled) return;
        flushScheduled = true;
        frameChannel.socket().loop().execute(this);
    }

    private void add(int word) {
        if (stream == null) return;
        ByteBuf words = pending;
        if (words == null) {
            words = stream.alloc().directBuffer(Long.BYTES);
            pending = words;
        }
        words.writeInt(word);
        if (words.readableBytes() > MAX_PENDING_BYTES) frameChannel.protocolError();
    }

    @Override
    public void run() {
        flushScheduled = false;
        flush();
    }

    /** The number of pending words that a frame can carry. */
    int count() {
        return pending == null ? 0 : Math.min(MAX_WORDS, pending.readableBytes() / Integer.BYTES);
    }

    /** Moves {@code count} pending words to a frame. */
    void moveTo(ByteBuf frame, int count) {
        ByteBuf words = pending;
        if (words == null) return;
        frame.writeBytes(words, count * Integer.BYTES);
        if (words.isReadable()) return;
        words.release();
        nonePending();
    }

    /** Writes the pending words, after QUIC has taken the previous ones. */
    private void flush() {
        ByteBuf words = pending;
        if (words == null || stream == null || writing) return;
        nonePending();
        ChannelFuture written = stream.write(words);
        if (written.isDone()) return;
        writing = true;
        written.addListener(this);
    }

    @Override
    public void operationComplete(ChannelFuture written) {
        writing = false;
        flush();
    }

    void clear() {
        if (pending != null) pending.release();
        nonePending();
        stream = null;
    }

    private void nonePending() {
        pending = null;
        delayTimer.cancel();
    }
}
