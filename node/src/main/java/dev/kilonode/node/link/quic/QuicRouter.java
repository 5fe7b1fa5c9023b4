package dev.kilonode.node.link.quic;

import dev.kilonode.node.link.netty.FixedDelayTimer;
import dev.kilonode.node.link.netty.FixedDelayTimer.Timeout;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.quic.QuicConnectionAddress;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets Netty's two QUIC codecs, one for dialled and one for accepted connections, share a UDP socket. Each codec would take every
 * datagram, so this handler precedes both and reads the destination connection id. This end chose that id, except in the first
 * datagrams of a new connection. The ids of dialled connections begin with a random tag: datagrams with the tag go to the dialling
 * codec, all others to the accepting codec. On the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a failure ends the channel, which reports it
final class QuicRouter extends ChannelDuplexHandler {

    /** The longest connection id in QUIC; both codecs use this length. */
    private static final int ID_BYTES = 20;

    private static final int LONG_HEADER = 0x80;
    private static final int FIXED_BIT = 0x40;
    private static final int VERSION_IN_LONG_HEADER = 1;
    private static final int VERSION = 1;
    private static final int ID_IN_SHORT_HEADER = 1;
    private static final int LENGTH_IN_LONG_HEADER = 5;

    /** A header and a connection id: no valid datagram is shorter. */
    private static final int MIN_DATAGRAM_BYTES = 1 + ID_BYTES;

    /** Datagrams that are answered without delay: more in a row only come with large frames, which wait for acknowledgements. */
    private static final int MAX_UNANSWERED = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final long tag = RANDOM.nextLong();
    private final QuicCounters counters;
    private final FixedDelayTimer flushTimer;
    private final Consumer<Error> fatal;
    private @Nullable ChannelHandlerContext accepting;
    private final List<Channel> ended = new ArrayList<>();
    private @Nullable ChannelHandlerContext unanswered;
    private @Nullable Timeout flushTimeout;
    private int unansweredDatagrams;
    private boolean muted;

    /**
     * @param flushTimer delays the codecs' answers to what they have read
     * @param fatal takes errors that no socket can handle
     */
    QuicRouter(QuicCounters counters, FixedDelayTimer flushTimer, Consumer<Error> fatal) {
        this.counters = counters;
        this.flushTimer = flushTimer;
        this.fatal = fatal;
    }

    /** @param codec the context of the accepting codec, which is next in the pipeline; the dialling codec follows it */
    void precede(ChannelHandlerContext codec) {
        accepting = codec;
    }

    /** A new id for a dialled connection. */
    QuicConnectionAddress newId() {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        ByteBuffer.wrap(id).putLong(0, tag);
        return new QuicConnectionAddress(id);
    }

    /** Sends nothing from now on. */
    void mute() {
        muted = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf datagram = ((DatagramPacket) msg).content();
        unansweredDatagrams++;
        ChannelHandlerContext next = accepting;
        if (muted || next == null || !mayBeQuic(datagram)) {
            // Netty's codec sends an empty datagram after the last one of a connection, to learn that it has been sent.
            if (!muted && datagram.isReadable()) counters.garbageDatagrams.incrementAndGet();
            ReferenceCountUtil.release(msg);
        } else if (isDialled(datagram)) {
            next.fireChannelRead(msg);
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    /** Whether the datagram is long enough, has the fixed bit set, and has the supported version if it has a version. */
    private static boolean mayBeQuic(ByteBuf datagram) {
        if (datagram.readableBytes() < MIN_DATAGRAM_BYTES) return false;
        int start = datagram.readerIndex();
        int first = datagram.getByte(start);
        if ((first & FIXED_BIT) == 0) return false;
        return (first & LONG_HEADER) == 0 || datagram.getInt(start + VERSION_IN_LONG_HEADER) == VERSION;
    }

    private boolean isDialled(ByteBuf datagram) {
        int start = datagram.readerIndex();
        if ((datagram.getByte(start) & LONG_HEADER) == 0) {
            return datagram.getLong(start + ID_IN_SHORT_HEADER) == tag;
        }
        return datagram.getByte(start + LENGTH_IN_LONG_HEADER) == ID_BYTES
                && datagram.getLong(start + LENGTH_IN_LONG_HEADER + 1) == tag;
    }

    /** The codecs write their answers when they learn that reading is complete; this delays it. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        unanswered = ctx;
        if (unansweredDatagrams >= MAX_UNANSWERED) flush();
        else if (flushTimeout == null) flushTimeout = flushTimer.add(this::flush);
    }

    /** Lets the codecs write their answers to what they have read. */
    void flush() {
        ChannelHandlerContext ctx = unanswered;
        if (ctx == null) return;
        unanswered = null;
        unansweredDatagrams = 0;
        if (flushTimeout != null) flushTimeout.cancel();
        flushTimeout = null;
        ctx.fireChannelReadComplete();
        // The codecs do not pass this on.
        if (accepting != null) accepting.fireChannelReadComplete();
        List<Channel> all = List.copyOf(ended);
        ended.clear();
        for (Channel stream : all) stream.close();
    }

    /** Closes a stream that has been read to its end, after the next flush: a close makes the codec flush at once. */
    void closeAfterFlush(Channel stream) {
        ended.add(stream);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (muted) {
            ReferenceCountUtil.release(msg);
            promise.setSuccess();
        } else {
            ctx.write(msg, promise);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof VirtualMachineError error) fatal.accept(error);
        // An error of a datagram sent earlier, for example that nobody listens at its target. QUIC handles the loss.
        counters.socketErrors.incrementAndGet();
    }
}
