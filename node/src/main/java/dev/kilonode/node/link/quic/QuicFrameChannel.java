package dev.kilonode.node.link.quic;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.base.AckPolicy;
import dev.kilonode.node.link.base.BaseConnection;
import dev.kilonode.node.link.base.CloseCode;
import dev.kilonode.node.link.base.FrameChannel;
import dev.kilonode.node.link.base.PendingDial;
import dev.kilonode.node.link.base.PendingWrite;
import dev.kilonode.node.link.base.ProtocolException;
import dev.kilonode.node.link.netty.SocketLoops;
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
 * One QUIC connection. The methods of {@link FrameChannel} hand over to the event loop; everything else happens on it.
 *
 * <p>The first stream that each end opens is its control stream: first a handshake (a stamp and an identity binding) of the
 * dialler, then the acceptor's, which confirms the connection; then acknowledgements. Each other stream carries one frame, see
 * {@link QuicFrameReader}. A connection is closed with an application error code: the ordinal of the {@link CloseCode}, or
 * {@link #PROTOCOL_ERROR}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a failure ends the channel, which reports it
final class QuicFrameChannel extends ChannelInboundHandlerAdapter implements FrameChannel {

    private enum State {
        /** TLS, then the handshake on the control streams. */
        HANDSHAKE,
        /** The node decides whether to accept the connection. */
        UNCONFIRMED,
        ESTABLISHED,
        CLOSED
    }

    /** Application error code of a connection whose remote end violated the protocol. */
    static final int PROTOCOL_ERROR = 16;

    /** The most datagrams in one turn of the loop: twice what flow control permits, whose windows end at 24 MiB. */
    private static final int MAX_DATAGRAMS = 32_768;

    /** The same during the handshake. */
    private static final int MAX_HANDSHAKE_DATAGRAMS = 256;

    /** Streams below this number are the two control streams. */
    private static final long FIRST_FRAME_STREAM = 4;

    private final QuicSocket socket;
    private final @Nullable PendingDial dial;
    private final OutboundStreams outbound = new OutboundStreams(this);
    private final QuicControlStream control;
    private final ArrayDeque<QuicStreamChannel> parked = new ArrayDeque<>(0);
    private State state = State.HANDSHAKE;
    private boolean paused = true;
    private @Nullable QuicChannel channel;
    private @Nullable ScheduledFuture<?> handshakeTimeout;
    private @Nullable BaseConnection connection;
    private @Nullable QuicConnectionCloseEvent closeEvent;

    /** @param dial the dial that this channel answers, or null at the accepting end */
    QuicFrameChannel(QuicSocket socket, @Nullable PendingDial dial) {
        this.socket = socket;
        this.dial = dial;
        control = new QuicControlStream(this);
    }

    boolean dialled() {
        return dial != null;
    }

    QuicSocket socket() {
        return socket;
    }

    boolean isUp() {
        return state == State.ESTABLISHED;
    }

    /** Whether reading frames is paused. */
    boolean isPaused() {
        return paused;
    }

    /** Netty's channel; only after it has been added to a pipeline. */
    QuicChannel channel() {
        QuicChannel open = channel;
        if (open == null) throw new IllegalStateException("no connection yet");
        return open;
    }

    // Called by the endpoint, on the node's thread

    @Override
    public void send(PendingWrite write) {
        socket.loop().execute(new OutboundStream(outbound, write));
    }

    @Override
    public void resumeReading() {
        socket.loop().execute(this::resume);
    }

    @Override
    public void confirm(long stamp) {
        socket.loop().execute(() -> {
            if (state != State.UNCONFIRMED) return;
            state = State.ESTABLISHED;
            sendHandshake(stamp);
            resume();
        });
    }

    @Override
    public void ping() {
        socket.loop().execute(control::ping);
    }

    @Override
    public void close(CloseCode code) {
        socket.loop().execute(() -> closeWith(code.ordinal()));
    }

    /** Mutes the whole endpoint: remote endpoints receive nothing more from its socket. */
    @Override
    public void abandon(long lingerNanos) {
        socket.loop().execute(socket::mute);
    }

    void register(Runnable then) {
        socket.loop().execute(then);
    }

    // Called by Netty and by the streams

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        QuicChannel open = (QuicChannel) ctx.channel();
        channel = open;
        open.config().setAllocator(new SendLimit(open, this::maxDatagrams, socket.counters().sendsCutOff));
        if (!socket.add(this)) {
            state = State.CLOSED;
            ctx.executor().execute(() -> end(CloseCode.REFUSED.ordinal()));
            return;
        }
        long timeoutNanos = socket.config().dialTimeout().toNanos();
        handshakeTimeout = ctx.executor().schedule(this::closeIfInHandshake, timeoutNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (state != State.HANDSHAKE) return;
        if (dial != null) sendHandshake(dial.stamp());
    }

    private int maxDatagrams() {
        return connection == null ? MAX_HANDSHAKE_DATAGRAMS : MAX_DATAGRAMS;
    }

    private void sendHandshake(long stamp) {
        control.open(stamp, socket.identity().binding());
    }

    /** The remote end has sent its handshake: a stamp and an identity binding. */
    void handshakeRead(byte[] handshake) {
        SSLEngine tls = channel().sslEngine();
        if (state != State.HANDSHAKE || tls == null) {
            protocolError();
            return;
        }
        long stamp = ByteBuffer.wrap(handshake).getLong();
        byte[] binding = Arrays.copyOfRange(handshake, Long.BYTES, handshake.length);
        try {
            up(stamp, socket.identity().verify(tls, binding));
        } catch (ProtocolException e) {
            if (dial != null) dial.failed(DialFailure.REFUSED);
            protocolError();
        }
    }

    private void up(long stamp, PeerId peer) {
        handshakeOver(true);
        if (dial != null) {
            state = State.ESTABLISHED;
            connection = dial.up(this, stamp, peer);
            resume();
        } else {
            state = State.UNCONFIRMED;
            connection = socket.endpoint().accept(this, remote(), stamp, peer);
        }
    }

    private NodeAddress remote() {
        InetSocketAddress address = (InetSocketAddress) channel().remoteSocketAddress();
        NodeAddress remote = address == null ? null : SocketLoops.nodeAddress(address);
        if (remote == null) throw new IllegalStateException("an IPv4 socket reports a remote address that is not IPv4");
        return remote;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof QuicConnectionCloseEvent closed) closeEvent = closed;
        else if (event instanceof QuicStreamLimitChangedEvent) outbound.moreStreams();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failIfFatal(cause);
        // A failed handshake, or data that cannot be decrypted: if it ends the connection, channelInactive follows.
        boolean reported = cause instanceof QuicException || cause instanceof SSLException;
        if (!reported) protocolError();
    }

    /** Reports an error that no connection can handle. */
    void failIfFatal(Throwable cause) {
        if (cause instanceof VirtualMachineError error) socket.endpoint().fail(error);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        BaseConnection ended = connection;
        if (state == State.HANDSHAKE) handshakeOver(false);
        if (state != State.CLOSED && ended != null) ended.ended(endReason());
        if (state == State.HANDSHAKE) dialFailed();
        state = State.CLOSED;
        outbound.clear();
        control.clear();
        parked.clear();
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        socket.remove(this);
    }

    private CloseReason endReason() {
        QuicConnectionCloseEvent closed = closeEvent;
        boolean superseded =
                closed != null && closed.isApplicationClose() && closed.error() == CloseCode.SUPERSEDED.ordinal();
        return superseded ? CloseReason.SUPERSEDED : CloseReason.REMOTE;
    }

    /** The dial has failed. Reports it if the remote end closed the connection; without an answer the dial times out. */
    void dialFailed() {
        if (dial != null && connection == null && closeEvent != null) dial.failed(DialFailure.REFUSED);
    }

    private void handshakeOver(boolean successful) {
        if (handshakeTimeout != null) handshakeTimeout.cancel(false);
        handshakeTimeout = null;
        if (dial == null) socket.handshakeOver(successful);
    }

    void closeIfInHandshake() {
        if (state == State.HANDSHAKE) closeWith(CloseCode.REFUSED.ordinal());
    }

    void protocolError() {
        if (state == State.CLOSED) return;
        socket.counters().protocolErrors.incrementAndGet();
        BaseConnection broken = connection;
        if (broken != null) broken.ended(CloseReason.PROTOCOL_ERROR);
        closeWith(PROTOCOL_ERROR);
    }

    private void closeWith(int code) {
        if (state == State.CLOSED) return;
        if (state == State.HANDSHAKE) handshakeOver(false);
        state = State.CLOSED;
        end(code);
    }

    /**
     * Closes the connection after QUIC's timers that are due. If a probe that one of them requests has not been sent, QUIC's library never
     * finishes closing the connection, and {@link SendLimit} must cut it off without a close code to the remote end.
     */
    private void end(int code) {
        QuicChannel ending = channel();
        ending.eventLoop().schedule(() -> ending.close(true, code, Unpooled.EMPTY_BUFFER), 0, TimeUnit.NANOSECONDS);
    }

    /** The control stream of this end. */
    QuicControlStream control() {
        return control;
    }

    // Frames that are read

    ChannelHandler readerOf(QuicStreamChannel stream) {
        boolean frame = stream.streamId() >= FIRST_FRAME_STREAM && stream.type() == QuicStreamType.UNIDIRECTIONAL;
        if (frame) return new QuicFrameReader(this);
        return new QuicControlReader(this, socket.identity().binding().length);
    }

    /** Pauses reading the stream until {@link #resume}. */
    void park(QuicStreamChannel stream) {
        stream.config().setAutoRead(false);
        parked.add(stream);
    }

    private void resume() {
        paused = false;
        while (!paused && state == State.ESTABLISHED) {
            QuicStreamChannel stream = parked.poll();
            if (stream == null) return;
            stream.config().setAutoRead(true);
        }
    }

    void frameRead(long stream, byte[] bytes, AckPolicy policy) {
        BaseConnection from = connection;
        if (state != State.ESTABLISHED || from == null) return;
        if (!from.received(Frame.ofBytes(bytes, EnvelopeCodec.peekKind(bytes)))) paused = true;
        control.acknowledge(stream, policy);
    }

    /** The remote end has sent a control word: see {@link QuicControlStream}. */
    void controlWord(int word) {
        BaseConnection from = connection;
        if (from != null) from.recordActivity();
        if (word != QuicControlStream.PING) outbound.acknowledged(word);
    }
}
