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
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicException;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamLimitChangedEvent;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One QUIC connection. What {@link Line} asks for is passed to the event loop; everything else is on it.
 *
 * <p>The first stream that each end opens carries what is said about the connection: the dialler's greeting (a stamp, and who it is),
 * then the acceptor's, which is the welcome; then acknowledgements. Every other stream carries one frame, see {@link QuicFrameReader}. A
 * connection is closed with an application error code: the ordinal of the {@link Farewell}, or {@link #PROTOCOL_ERROR}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty: what fails ends the channel, which tells
final class QuicLine extends ChannelInboundHandlerAdapter implements Line {

    private enum State {
        /** TLS, then the greeting. */
        SHAKING_HANDS,
        /** The node decides whether it is welcome. */
        UNDECIDED,
        UP,
        CLOSED
    }

    /** Application error code of a connection whose other end broke the protocol. */
    static final int PROTOCOL_ERROR = 16;

    /** Datagrams that may leave in one turn of the loop: twice what flow control, whose windows end at 24 MiB, lets out. */
    private static final int MOST_DATAGRAMS = 32_768;

    /** The same before there is a connection. */
    private static final int MOST_DATAGRAMS_IN_HANDSHAKE = 256;

    /** Streams below are the two that carry what is said about the connection: each end's first of one direction. */
    private static final long FIRST_FRAME_STREAM = 4;

    private final QuicSocket socket;
    private final @Nullable RealDial dial;
    private final QuicDepartures departures = new QuicDepartures(this);
    private final QuicRemarks remarks;
    private final ArrayDeque<QuicStreamChannel> parked = new ArrayDeque<>(0);
    private State state = State.SHAKING_HANDS;
    private boolean paused = true;
    private @Nullable QuicChannel channel;
    private @Nullable ScheduledFuture<?> patience;
    private @Nullable RealConnection connection;
    private @Nullable QuicConnectionCloseEvent lastWords;

    /** @param dial the dial that this line is to answer, or null at the accepting end */
    QuicLine(QuicSocket socket, @Nullable RealDial dial) {
        this.socket = socket;
        this.dial = dial;
        remarks = new QuicRemarks(this);
    }

    boolean dialled() {
        return dial != null;
    }

    QuicSocket socket() {
        return socket;
    }

    boolean isUp() {
        return state == State.UP;
    }

    /** Whether frames are not to be read for now. */
    boolean isPaused() {
        return paused;
    }

    /** The connection; only once there is one. */
    QuicChannel channel() {
        QuicChannel open = channel;
        if (open == null) throw new IllegalStateException("no connection yet");
        return open;
    }

    // What the endpoint asks for, on the node's thread

    @Override
    public void send(Outgoing frame) {
        socket.loop().execute(new QuicDeparture(departures, frame));
    }

    @Override
    public void readOn() {
        socket.loop().execute(this::resume);
    }

    @Override
    public void welcome(long stamp) {
        socket.loop().execute(() -> {
            if (state != State.UNDECIDED) return;
            state = State.UP;
            greet(stamp);
            resume();
        });
    }

    @Override
    public void ping() {
        socket.loop().execute(remarks::ping);
    }

    @Override
    public void close(Farewell farewell) {
        socket.loop().execute(() -> close(farewell.ordinal()));
    }

    /** The whole endpoint falls silent when one of its lines does. The other end hears nothing at all, for as long as it likes. */
    @Override
    public void fallSilent(long lingerNanos) {
        socket.loop().execute(socket::silence);
    }

    void register(Runnable then) {
        socket.loop().execute(then);
    }

    // The connection's life

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        QuicChannel open = (QuicChannel) ctx.channel();
        channel = open;
        open.config().setAllocator(new SendLimit(open, this::mostDatagrams, socket.count().sendsCutOff));
        if (!socket.enter(this)) {
            state = State.CLOSED;
            ctx.executor().execute(() -> end(Farewell.REFUSED.ordinal()));
            return;
        }
        long patienceNanos = socket.config().dialTimeout().toNanos();
        patience = ctx.executor().schedule(this::closeIfNotUp, patienceNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (state != State.SHAKING_HANDS) return;
        if (dial != null) greet(dial.stamp());
    }

    private int mostDatagrams() {
        return connection == null ? MOST_DATAGRAMS_IN_HANDSHAKE : MOST_DATAGRAMS;
    }

    private void greet(long stamp) {
        remarks.open(stamp, socket.identity().appointment());
    }

    /** The other end has greeted: stamp and appointment. */
    void greeted(byte[] greeting) {
        SSLEngine tls = channel().sslEngine();
        if (state != State.SHAKING_HANDS || tls == null) {
            protocolError();
            return;
        }
        long stamp = ByteBuffer.wrap(greeting).getLong();
        byte[] appointment = Arrays.copyOfRange(greeting, Long.BYTES, greeting.length);
        try {
            up(stamp, socket.identity().appointing(tls, appointment));
        } catch (ProtocolException e) {
            if (dial != null) dial.failed(DialFailure.REFUSED);
            protocolError();
        }
    }

    private void up(long stamp, PeerId peer) {
        handshakeOver(true);
        if (dial != null) {
            state = State.UP;
            connection = dial.up(this, stamp, peer);
            resume();
        } else {
            state = State.UNDECIDED;
            connection = socket.endpoint().accept(this, remote(), stamp, peer);
        }
    }

    private NodeAddress remote() {
        InetSocketAddress address = (InetSocketAddress) channel().remoteSocketAddress();
        NodeAddress remote = address == null ? null : SocketLoops.nodeAddress(address);
        if (remote == null) throw new IllegalStateException("an IPv4 socket hears of IPv4 addresses only");
        return remote;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof QuicConnectionCloseEvent words) lastWords = words;
        else if (event instanceof QuicStreamLimitChangedEvent) departures.moreStreams();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failIfFatal(cause);
        // A broken handshake, or what cannot be deciphered: where it is the end of the connection, that follows by
        // itself.
        boolean told = cause instanceof QuicException || cause instanceof SSLException;
        if (!told) protocolError();
    }

    /** Lets the node know of what no connection can cope with. */
    void failIfFatal(Throwable cause) {
        if (cause instanceof VirtualMachineError error) socket.endpoint().fail(error);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        RealConnection ended = connection;
        if (state == State.SHAKING_HANDS) handshakeOver(false);
        if (state != State.CLOSED && ended != null) ended.ended(endReason());
        if (state == State.SHAKING_HANDS) dialFailed();
        state = State.CLOSED;
        departures.clear();
        remarks.clear();
        parked.clear();
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        socket.leave(this);
    }

    private CloseReason endReason() {
        QuicConnectionCloseEvent words = lastWords;
        boolean superseded =
                words != null && words.isApplicationClose() && words.error() == Farewell.SUPERSEDED.ordinal();
        return superseded ? CloseReason.SUPERSEDED : CloseReason.REMOTE;
    }

    /** There will be no connection. Whether the other end said so or broke off, it was there; silence is told by the time-out. */
    void dialFailed() {
        if (dial != null && connection == null && lastWords != null) dial.failed(DialFailure.REFUSED);
    }

    private void handshakeOver(boolean successful) {
        if (patience != null) patience.cancel(false);
        patience = null;
        if (dial == null) socket.handshakeOver(successful);
    }

    void closeIfNotUp() {
        if (state == State.SHAKING_HANDS) close(Farewell.REFUSED.ordinal());
    }

    void protocolError() {
        if (state == State.CLOSED) return;
        socket.count().protocolErrors.incrementAndGet();
        RealConnection broken = connection;
        if (broken != null) broken.ended(CloseReason.PROTOCOL_ERROR);
        close(PROTOCOL_ERROR);
    }

    private void close(int code) {
        if (state == State.CLOSED) return;
        if (state == State.SHAKING_HANDS) handshakeOver(false);
        state = State.CLOSED;
        end(code);
    }

    /**
     * After those of QUIC's timers that are due: where the probe for which one of them calls is still to be sent, QUIC's library never comes to an
     * end with a connection that closes, and {@link SendLimit} has to cut it off without a word to the other end.
     */
    private void end(int code) {
        QuicChannel ending = channel();
        ending.eventLoop().schedule(() -> ending.close(true, code, Unpooled.EMPTY_BUFFER), 0, TimeUnit.NANOSECONDS);
    }

    /** What this end says about the connection. */
    QuicRemarks remarks() {
        return remarks;
    }

    // Frames read

    ChannelHandler readerOf(QuicStreamChannel stream) {
        boolean frame = stream.streamId() >= FIRST_FRAME_STREAM && stream.type() == QuicStreamType.UNIDIRECTIONAL;
        if (frame) return new QuicFrameReader(this);
        return new QuicRemarksReader(this, socket.identity().appointment().length);
    }

    /** Not to be read until {@link #resume}. */
    void park(QuicStreamChannel stream) {
        stream.config().setAutoRead(false);
        parked.add(stream);
    }

    private void resume() {
        paused = false;
        while (!paused && state == State.UP) {
            QuicStreamChannel stream = parked.poll();
            if (stream == null) return;
            stream.config().setAutoRead(true);
        }
    }

    void frameRead(long stream, byte[] bytes, Urgency urgency) {
        RealConnection from = connection;
        if (state != State.UP || from == null) return;
        if (!from.received(Frame.ofBytes(bytes, EnvelopeCodec.peekKind(bytes)))) paused = true;
        remarks.acknowledge(stream, urgency);
    }

    /** What the other end says about the connection: see {@link QuicRemarks}. */
    void remarked(int remark) {
        RealConnection from = connection;
        if (from != null) from.heard();
        if (remark != QuicRemarks.PING) departures.acknowledged(remark);
    }
}
