package dev.kilonode.node.link.quic;

import dev.kilonode.node.link.base.AckPolicy;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.util.Arrays;

/**
 * Reads one frame from its stream: one byte with the {@link AckPolicy} in its two high bits and the number of control words in the others;
 * those control words, see {@link QuicControlStream}; four bytes of length; the frame; the end of the stream. On the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a failure ends the channel, which reports it
final class QuicFrameReader extends ChannelInboundHandlerAdapter {

    private static final int COUNT_BITS = 6;

    /** The most control words that a frame can carry. */
    static final int MAX_CONTROL_WORDS = (1 << COUNT_BITS) - 1;

    /** Memory allocated on the basis of a length alone; more is allocated as bytes arrive. */
    private static final int TRUSTED_BYTES = 64 << 10;

    private static final int UNKNOWN = -1;
    private static final byte[] NOTHING = {};

    private final QuicFrameChannel frameChannel;

    /** The numbers still to read before the frame: control words, and the length. */
    private int numbersLeft = UNKNOWN;

    private int number;
    private int numberBytes;
    private int length;
    private AckPolicy policy = AckPolicy.PROMPT;
    private byte[] bytes = NOTHING;
    private int read;
    private boolean whole;
    private boolean reported;

    QuicFrameReader(QuicFrameChannel frameChannel) {
        this.frameChannel = frameChannel;
    }

    /** The first byte of a stream. */
    static int head(AckPolicy policy, int controlWords) {
        return policy.ordinal() << COUNT_BITS | controlWords;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (frameChannel.isPaused()) frameChannel.park((QuicStreamChannel) ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        try {
            if (!accept(in)) frameChannel.protocolError();
        } finally {
            in.release();
        }
        if (whole && !reported) {
            reported = true;
            frameChannel.frameRead(((QuicStreamChannel) ctx.channel()).streamId(), bytes, policy);
            bytes = NOTHING;
        } else if (frameChannel.isPaused() && ctx.channel().config().isAutoRead()) {
            frameChannel.park((QuicStreamChannel) ctx.channel());
        }
    }

    private boolean accept(ByteBuf in) {
        while (numbersLeft != 0) {
            if (!in.isReadable()) return true;
            if (!acceptHead(in.readUnsignedByte())) return false;
        }
        if (whole || in.readableBytes() > length - read) return !in.isReadable();
        int count = in.readableBytes();
        if (read + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, Math.max(2L * bytes.length, read + (long) count)));
        }
        in.readBytes(bytes, read, count);
        read += count;
        whole = read == length;
        return true;
    }

    private boolean acceptHead(int next) {
        if (numbersLeft == UNKNOWN) {
            AckPolicy known = AckPolicy.of(next >>> COUNT_BITS);
            if (known == null) return false;
            policy = known;
            numbersLeft = (next & MAX_CONTROL_WORDS) + 1;
            return true;
        }
        number = number << Byte.SIZE | next;
        if (++numberBytes < Integer.BYTES) return true;
        int value = number;
        number = 0;
        numberBytes = 0;
        if (--numbersLeft == 0) return acceptLength(value);
        frameChannel.controlWord(value);
        return true;
    }

    private boolean acceptLength(int value) {
        length = value;
        if (length < 0 || length > frameChannel.socket().config().maxFrame().count()) return false;
        bytes = new byte[Math.min(length, TRUSTED_BYTES)];
        return true;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownReadComplete.INSTANCE) return;
        if (!whole) frameChannel.protocolError();
        // Otherwise the codec keeps the stream: a unidirectional stream counts as half open after its end.
        frameChannel.socket().streamEnded((QuicStreamChannel) ctx.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        frameChannel.failIfFatal(cause);
        // The sender has reset the stream.
        if (!whole) frameChannel.socket().counters().framesCutShort.incrementAndGet();
        whole = true;
        ctx.close();
    }
}
