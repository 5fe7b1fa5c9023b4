package dev.kilonode.node.link.netty;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.real.Farewell;
import dev.kilonode.node.link.real.Line;
import dev.kilonode.node.link.real.Outgoing;
import dev.kilonode.node.link.real.RealConnection;
import dev.kilonode.node.link.real.RealDial;
import dev.kilonode.node.link.real.Urgency;
import dev.kilonode.node.wire.EnvelopeCodec;
import dev.kilonode.node.wire.NodeAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TCP connection, with TLS or without. States in order: {@link State#GREETING} until both have greeted; {@link
 * State#UP}; {@link State#LEAVING} once either has said farewell, when what still arrives is thrown away. All on the event loop of
 * the channel; the methods of {@link Line} hand over to it.
 */
final class TcpLine extends ByteToMessageDecoder implements Line {

    enum State {
        GREETING,
        UP,
        SILENT,
        LEAVING
    }

    /** How long the other end may take to read a farewell. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final byte[] NOTHING = {};

    private final TcpEndpoint endpoint;
    private final Channel channel;
    private final @Nullable RealDial dial;
    private final @Nullable TlsIdentity identity;
    private final byte[] appointment;
    private final TcpReceipts receipts;
    private final TcpOutflow outflow;
    private final TcpInflow inflow;
    private State state = State.GREETING;
    private boolean greeted;
    private @Nullable RealConnection connection;

    /** @param dial the dial that this line is to answer, or null at the accepting end */
    TcpLine(TcpEndpoint endpoint, Channel channel, @Nullable RealDial dial) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.dial = dial;
        identity = endpoint.tlsIdentity();
        appointment = identity == null ? NOTHING : identity.appointment();
        receipts = new TcpReceipts(channel, endpoint.delaysOf(channel), this::hasUnread);
        outflow = new TcpOutflow(channel, receipts);
        inflow = new TcpInflow(endpoint.maxFrameBytes());
    }

    // What the node wants, on its thread

    @Override
    public void send(Outgoing frame) {
        outflow.send(frame);
    }

    @Override
    public void readOn() {
        onLoop(() -> channel.config().setAutoRead(true));
    }

    @Override
    public void welcome(long stamp) {
        onLoop(() -> {
            if (state != State.GREETING || !channel.isActive()) return;
            state = State.UP;
            endpoint.greeted(this);
            int bytes = TcpRecord.WELCOME_BYTES + appointment.length;
            write(TcpRecord.begin(buffer(bytes), bytes, TcpRecord.WELCOME)
                    .writeLong(stamp)
                    .writeBytes(appointment));
        });
    }

    @Override
    public void ping() {
        onLoop(() -> {
            if (state != State.UP) return;
            write(TcpRecord.begin(buffer(TcpRecord.TYPE_BYTES), TcpRecord.TYPE_BYTES, TcpRecord.PING));
        });
    }

    @Override
    public void close(Farewell farewell) {
        onLoop(() -> leave(farewell));
    }

    @Override
    public void fallSilent(long lingerNanos) {
        onLoop(() -> {
            state = State.SILENT;
            quieten();
            closeAfter(lingerNanos);
        });
    }

    // What the channel tells

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        closeUnlessGreeted(endpoint.dialTimeoutNanos());
        if (context.pipeline().get(SslHandler.class) == null) greet();
        super.channelActive(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) greet();
            else if (handshake.cause() instanceof SslHandshakeTimeoutException) hangUp(); // silence breaks no rule
            else if (channel.isActive()) breach(); // else it has hung up
        }
        super.userEventTriggered(context, event);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        try {
            while (read(in)) {}
        } catch (ProtocolException e) {
            in.skipBytes(in.readableBytes());
            breach();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        discardSomeReadBytes();
        context.fireChannelReadComplete(); // not super's: it would read on while reading pauses, for want of a decoded
        // message
        receipts.readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        outflow.pump();
        super.channelWritabilityChanged(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        ended(CloseReason.REMOTE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof VirtualMachineError error) endpoint.fail(error);
        if (cause instanceof DecoderException) breach(); // of TLS: no handshake, or a record that is none
        hangUp(); // else a reset; channelInactive tells
    }

    // States

    /** The channel is ready for the first words. */
    private void greet() {
        greeted = true;
        RealDial mine = dial;
        if (mine == null) return;
        NodeAddress own = endpoint.localAddress();
        int bytes = TcpRecord.HELLO_BYTES + appointment.length;
        write(TcpRecord.begin(buffer(bytes), bytes, TcpRecord.HELLO)
                .writeInt(TcpRecord.MAGIC)
                .writeByte(TcpRecord.VERSION)
                .writeInt(own.ip())
                .writeInt(own.port())
                .writeLong(mine.stamp())
                .writeBytes(appointment));
    }

    /** Whom the rest of the other end's greeting says it is; null without TLS. */
    private @Nullable PeerId appointing(ByteBuf greeting) throws ProtocolException {
        if (identity == null) return null;
        byte[] theirs = new byte[appointment.length];
        greeting.readBytes(theirs);
        return identity.appointing(channel.pipeline().get(SslHandler.class).engine(), theirs);
    }

    private void breach() {
        if (state == State.LEAVING || state == State.SILENT) return;
        boolean stranger = connection == null;
        if (stranger) endpoint.account().countStrangersError();
        ended(CloseReason.PROTOCOL_ERROR);
        if (stranger) hangUp();
        else leave(Farewell.CLOSED);
    }

    private void ended(CloseReason reason) {
        RealConnection mine = connection;
        if (state == State.LEAVING || state == State.SILENT) return;
        boolean neverGreeted = mine == null && dial == null && reason == CloseReason.REMOTE;
        if (neverGreeted && !endpoint.isStopped()) endpoint.account().countFailedHandshake();
        state = State.LEAVING;
        quieten();
        if (mine != null) mine.ended(reason);
        else if (dial != null) dial.failed(DialFailure.REFUSED);
        endpoint.greeted(this);
    }

    /** Says farewell, and waits for the other end to hang up: a close with unread input would take the words back. */
    private void leave(Farewell farewell) {
        boolean greeting = state == State.GREETING;
        receipts.send();
        state = State.LEAVING;
        quieten();
        endpoint.greeted(this);
        if (!channel.isActive() || greeting && dial != null) {
            hangUp();
            return;
        }
        byte type = greeting ? TcpRecord.DECLINED : TcpRecord.BYE;
        write(TcpRecord.begin(buffer(TcpRecord.FAREWELL_BYTES), TcpRecord.FAREWELL_BYTES, type)
                .writeByte(farewell.ordinal()));
        channel.config().setAutoRead(true);
        closeAfter(FAREWELL_NANOS);
    }

    /** Nothing leaves or arrives any more. */
    private void quieten() {
        outflow.close();
        inflow.close();
        receipts.clear();
    }

    private void closeAfter(long nanos) {
        channel.config().setAutoRead(true);
        var timer = channel.eventLoop().schedule(this::hangUp, nanos, TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
    }

    private void closeUnlessGreeted(long nanos) {
        var timer = channel.eventLoop()
                .schedule(
                        () -> {
                            if (state == State.GREETING) hangUp();
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
    }

    // Records

    /** Reads one record; false when there is not all of it yet. */
    private boolean read(ByteBuf in) throws ProtocolException {
        if (state == State.LEAVING || state == State.SILENT) {
            in.skipBytes(in.readableBytes());
            return false;
        }
        if (in.readableBytes() < TcpRecord.LENGTH_BYTES) return false;
        int length = in.getInt(in.readerIndex());
        if (length < 1 || length > longestRecord()) throw new ProtocolException("record of " + length + " bytes");
        if (in.readableBytes() < TcpRecord.LENGTH_BYTES + length) return false;
        in.skipBytes(TcpRecord.LENGTH_BYTES);
        int end = in.readerIndex() + length;
        int written = in.writerIndex();
        in.writerIndex(end); // so that a reader of the record cannot go beyond it
        try {
            readRecord(in.readByte(), in);
        } catch (IndexOutOfBoundsException e) {
            throw new ProtocolException("record that ends too early");
        } finally {
            in.writerIndex(written);
        }
        in.readerIndex(end);
        return true;
    }

    private int longestRecord() {
        return state == State.GREETING ? TcpRecord.HELLO_BYTES + appointment.length : TcpRecord.MAX_RECORD_BYTES;
    }

    private void readRecord(byte type, ByteBuf record) throws ProtocolException {
        if (state == State.GREETING) {
            if (dial == null) readHello(type, record);
            else readAnswer(type, record, dial);
            return;
        }
        RealConnection mine = connection;
        if (mine == null) throw new IllegalStateException("up without a connection");
        switch (type) {
            case TcpRecord.WHOLE -> {
                int number = record.readInt();
                Urgency urgency = Urgency.of(record.readByte());
                if (urgency == null) throw new ProtocolException("unknown urgency");
                received(mine, inflow.whole(record));
                receipts.add(number, urgency);
            }
            case TcpRecord.FIRST -> inflow.first(record.readInt(), record);
            case TcpRecord.MORE -> {
                int number = record.readInt();
                mine.heard();
                byte[] bytes = inflow.more(number, record);
                if (bytes == null) return;
                received(mine, bytes);
                receipts.add(number, Urgency.AWAITED);
            }
            case TcpRecord.ACK -> {
                mine.heard();
                while (record.isReadable()) outflow.acknowledged(record.readInt());
            }
            case TcpRecord.PING -> mine.heard();
            case TcpRecord.BYE -> bye(farewell(record));
            default -> throw new ProtocolException("record of type " + type);
        }
    }

    private void readHello(byte type, ByteBuf record) throws ProtocolException {
        boolean known = type == TcpRecord.HELLO
                && record.readInt() == TcpRecord.MAGIC
                && record.readByte() == TcpRecord.VERSION;
        if (!known || !greeted || connection != null) throw new ProtocolException("not a greeting");
        NodeAddress dialler = new NodeAddress(record.readInt(), record.readInt());
        NodeAddress source = SocketLoops.nodeAddress((InetSocketAddress) channel.remoteAddress());
        if (source == null || source.ip() != dialler.ip() || dialler.port() < 1 || dialler.port() > 0xffff) {
            throw new ProtocolException("dials from " + source + " and says that it listens at " + dialler);
        }
        long stamp = record.readLong();
        connection = endpoint.greetedBy(dialler, this, stamp, appointing(record));
    }

    private void readAnswer(byte type, ByteBuf record, RealDial mine) throws ProtocolException {
        switch (type) {
            case TcpRecord.WELCOME -> {
                long stamp = record.readLong();
                PeerId peer = appointing(record);
                state = State.UP;
                endpoint.greeted(this);
                connection = mine.up(this, stamp, peer);
            }
            case TcpRecord.DECLINED -> bye(farewell(record));
            default -> throw new ProtocolException("not an answer to a greeting");
        }
    }

    private void bye(Farewell farewell) {
        ended(farewell == Farewell.SUPERSEDED ? CloseReason.SUPERSEDED : CloseReason.REMOTE);
        hangUp();
    }

    private void received(RealConnection from, byte[] bytes) {
        if (!from.received(Frame.ofBytes(bytes, EnvelopeCodec.peekKind(bytes)))) {
            channel.config().setAutoRead(false);
        }
    }

    private boolean hasUnread() {
        RealConnection mine = connection;
        return mine != null && mine.hasUnread();
    }

    private static Farewell farewell(ByteBuf record) throws ProtocolException {
        int ordinal = record.readByte();
        Farewell[] known = Farewell.values();
        if (ordinal < 0 || ordinal >= known.length) throw new ProtocolException("unknown farewell");
        return known[ordinal];
    }

    // The channel

    private ByteBuf buffer(int bytes) {
        return channel.alloc().directBuffer(TcpRecord.LENGTH_BYTES + bytes);
    }

    private void write(ByteBuf record) {
        channel.writeAndFlush(record).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // the loops have been closed, and with them the channel
        }
    }

    /** Calls {@code then} on the event loop, or at once when there is none any more; see {@link TcpEndpoint#register}. */
    void register(Runnable then) {
        try {
            channel.eventLoop().execute(then);
        } catch (RejectedExecutionException e) {
            then.run();
        }
    }

    /** Closes the channel without a word. Any thread. */
    void hangUp() {
        var unused = channel.close();
    }
}
