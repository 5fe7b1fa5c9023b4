package dev.kilonode.node.link.netty;

import dev.kilonode.node.link.netty.DelayLine.Delayed;
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
 * Lets Netty's two QUIC codecs, one for connections dialled and one for those accepted, share a UDP socket. Each codec takes
 * every datagram for its own, so this stands before both and reads the destination connection id: this end chose it, except in
 * a stranger's first datagrams. Ids of connections that this end dialled begin with a tag that nobody else knows beforehand;
 * whatever bears it goes to the dialling codec, the rest to the accepting one. On the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty: what fails ends the channel, which tells
final class QuicRouter extends ChannelDuplexHandler {

    /** The longest that QUIC knows; both codecs are built for it. */
    private static final int ID_BYTES = 20;

    private static final int LONG_HEADER = 0x80;
    private static final int FIXED_BIT = 0x40;
    private static final int VERSION_IN_LONG_HEADER = 1;
    private static final int VERSION = 1;
    private static final int ID_IN_SHORT_HEADER = 1;
    private static final int LENGTH_IN_LONG_HEADER = 5;

    /** Header, connection id, and what is enciphered: no valid datagram is shorter. */
    private static final int MIN_DATAGRAM_BYTES = 1 + ID_BYTES;

    /** Datagrams after which it waits no longer: more come in a row only with large frames, which go on as they are acknowledged. */
    private static final int MOST_UNANSWERED = 64;

    private static final SecureRandom CHANCE = new SecureRandom();

    private final long tag = CHANCE.nextLong();
    private final QuicCount count;
    private final DelayLine patience;
    private final Consumer<Error> fatal;
    private @Nullable ChannelHandlerContext accepting;
    private final List<Channel> ended = new ArrayList<>();
    private @Nullable ChannelHandlerContext unanswered;
    private @Nullable Delayed answer;
    private int unansweredDatagrams;
    private boolean mute;

    /**
     * @param patience before the codecs answer what they have read
     * @param fatal told of what no socket can cope with
     */
    QuicRouter(QuicCount count, DelayLine patience, Consumer<Error> fatal) {
        this.count = count;
        this.patience = patience;
        this.fatal = fatal;
    }

    /** @param codec of the accepting codec, which comes next in the pipeline; the dialling one follows it */
    void follow(ChannelHandlerContext codec) {
        accepting = codec;
    }

    /** A new id for a connection that this end dials. */
    QuicConnectionAddress newId() {
        byte[] id = new byte[ID_BYTES];
        CHANCE.nextBytes(id);
        ByteBuffer.wrap(id).putLong(0, tag);
        return new QuicConnectionAddress(id);
    }

    /** From now on, nothing leaves. */
    void mute() {
        mute = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf datagram = ((DatagramPacket) msg).content();
        unansweredDatagrams++;
        ChannelHandlerContext next = accepting;
        if (mute || next == null || !mayBeQuic(datagram)) {
            // Netty's codec sends an empty datagram after a connection's last, to learn that it is sent.
            if (!mute && datagram.isReadable()) count.garbageDatagrams.incrementAndGet();
            ReferenceCountUtil.release(msg);
        } else if (isDialled(datagram)) {
            next.fireChannelRead(msg);
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    /** Long enough, with the bit that is always set, and of the one version that is spoken here where it says a version. */
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

    /** The codecs answer what they have read when they hear that reading is over; until then they write nothing to whom they owe an answer. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        unanswered = ctx;
        if (unansweredDatagrams >= MOST_UNANSWERED) answer();
        else if (answer == null) answer = patience.add(this::answer);
    }

    /** Lets leave what the codecs have to say to what was read. */
    void answer() {
        ChannelHandlerContext ctx = unanswered;
        if (ctx == null) return;
        unanswered = null;
        unansweredDatagrams = 0;
        if (answer != null) answer.cancel();
        answer = null;
        ctx.fireChannelReadComplete();
        // The codecs do not pass this on.
        if (accepting != null) accepting.fireChannelReadComplete();
        List<Channel> all = List.copyOf(ended);
        ended.clear();
        for (Channel stream : all) stream.close();
    }

    /** A stream has been read to its end. It is closed when all has been answered: closing makes the codec answer at once. */
    void ended(Channel stream) {
        ended.add(stream);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (mute) {
            ReferenceCountUtil.release(msg);
            promise.setSuccess();
        } else {
            ctx.write(msg, promise);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof VirtualMachineError error) fatal.accept(error);
        // What the operating system says of a datagram sent earlier, such as that nobody listens there. QUIC copes with
        // loss.
        count.socketErrors.incrementAndGet();
    }
}
