package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.real.Urgency;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.util.Arrays;

/**
 * Reads one frame from its stream: one byte with the frame's {@link Urgency} in its two high bits and the number of remarks in the others;
 * those remarks of {@link QuicRemarks}; four bytes of length; as many bytes; the stream's end. On the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty: what fails ends the channel, which tells
final class QuicFrameReader extends ChannelInboundHandlerAdapter {

    private static final int COUNT_BITS = 6;

    /** That a frame can take along. */
    static final int MOST_REMARKS = (1 << COUNT_BITS) - 1;

    /** Memory given on the word of a length; more is given as bytes come, so that words alone cost little. */
    private static final int TRUSTED_BYTES = 64 << 10;

    private static final int UNKNOWN = -1;
    private static final byte[] NOTHING = {};

    private final QuicLine line;

    /** How many numbers come before the frame's bytes: remarks, and the length. */
    private int numbersLeft = UNKNOWN;

    private int number;
    private int numberBytes;
    private int length;
    private Urgency urgency = Urgency.AWAITED;
    private byte[] bytes = NOTHING;
    private int read;
    private boolean whole;
    private boolean told;

    QuicFrameReader(QuicLine line) {
        this.line = line;
    }

    /** The first byte. */
    static int head(Urgency urgency, int remarks) {
        return urgency.ordinal() << COUNT_BITS | remarks;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (line.isPaused()) line.park((QuicStreamChannel) ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        try {
            if (!accept(in)) line.protocolError();
        } finally {
            in.release();
        }
        if (whole && !told) {
            told = true;
            line.frameRead(((QuicStreamChannel) ctx.channel()).streamId(), bytes, urgency);
            bytes = NOTHING;
        } else if (line.isPaused() && ctx.channel().config().isAutoRead()) {
            line.park((QuicStreamChannel) ctx.channel());
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
            Urgency known = Urgency.of(next >>> COUNT_BITS);
            if (known == null) return false;
            urgency = known;
            numbersLeft = (next & MOST_REMARKS) + 1;
            return true;
        }
        number = number << Byte.SIZE | next;
        if (++numberBytes < Integer.BYTES) return true;
        int said = number;
        number = 0;
        numberBytes = 0;
        if (--numbersLeft == 0) return acceptLength(said);
        line.remarked(said);
        return true;
    }

    private boolean acceptLength(int said) {
        length = said;
        if (length < 0 || length > line.socket().config().maxFrame().count()) return false;
        bytes = new byte[Math.min(length, TRUSTED_BYTES)];
        return true;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownReadComplete.INSTANCE) return;
        if (!whole) line.protocolError();
        // Else the codec keeps it: streams of one direction count as half open after their end.
        line.socket().ended((QuicStreamChannel) ctx.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        line.failIfFatal(cause);
        // The sender has reset the stream.
        if (!whole) line.socket().count().framesCutShort.incrementAndGet();
        whole = true;
        ctx.close();
    }
}
