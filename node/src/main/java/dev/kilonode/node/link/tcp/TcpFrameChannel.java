package dev.kilonode.node.link.tcp;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.base.BaseConnection;
import dev.kilonode.node.link.base.CloseCode;
import dev.kilonode.node.link.base.FrameChannel;
import dev.kilonode.node.link.base.PendingDial;
import dev.kilonode.node.link.base.PendingWrite;
import dev.kilonode.node.wire.NodeAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The life of one TCP connection, with TLS or without. {@link TcpHandshakeHandler} reads its records until it is established, then
 * {@link TcpFrameHandler}. The methods of {@link FrameChannel} hand over to the event loop of the socket; all others are called on it,
 * unless stated otherwise.
 */
final class TcpFrameChannel implements FrameChannel {

    private enum State {
        /** Until both ends have completed the handshake. */
        HANDSHAKE,
        ESTABLISHED,
        /** This end behaves like a killed process. */
        ABANDONED,
        /** One end has sent its last record, or the socket is closed; what arrives is discarded. */
        CLOSING
    }

    /** How long the remote end may take to read the last record. */
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TcpEndpoint endpoint;
    private final Channel channel;
    private final @Nullable PendingDial dial;
    private final TcpHandshakeHandler handshake;
    private final AckBatcher acks;
    private final FrameWriter writer;
    private State state = State.HANDSHAKE;
    private @Nullable BaseConnection connection;
    private @Nullable TcpFrameHandler frames;

    /** @param dial the dial that this channel answers, or null at the accepting end */
    TcpFrameChannel(TcpEndpoint endpoint, Channel channel, @Nullable PendingDial dial) {
        this.endpoint = endpoint;
        this.channel = channel;
        this.dial = dial;
        handshake = new TcpHandshakeHandler(endpoint, this, channel, dial);
        acks = new AckBatcher(channel, endpoint.timersOf(channel), this::hasUnread);
        writer = new FrameWriter(channel, acks);
    }

    /** Adds the handlers of the handshake. */
    void addHandlers(ChannelPipeline pipeline) {
        pipeline.addLast(new RecordDecoder(handshake.maxRecordBytes()), handshake);
    }

    // Called by the endpoint, on the node's thread

    @Override
    public void send(PendingWrite write) {
        writer.send(write);
    }

    @Override
    public void resumeReading() {
        onLoop(() -> channel.config().setAutoRead(true));
    }

    @Override
    public void confirm(long stamp) {
        onLoop(() -> {
            BaseConnection accepted = connection;
            if (state != State.HANDSHAKE || !channel.isActive() || accepted == null) return;
            established();
            begin(accepted);
            handshake.accept(stamp);
        });
    }

    @Override
    public void ping() {
        onLoop(() -> {
            if (state == State.ESTABLISHED) write(record(TcpRecord.TYPE_BYTES, TcpRecord.PING));
        });
    }

    @Override
    public void close(CloseCode code) {
        onLoop(() -> leave(code));
    }

    @Override
    public void abandon(long lingerNanos) {
        onLoop(() -> {
            stop(State.ABANDONED);
            closeAfter(lingerNanos);
        });
    }

    // Called by the handlers

    /** An accepted connection has sent its HELLO; the node decides about it. */
    void dialledBy(NodeAddress dialler, long stamp, @Nullable PeerId peer) {
        connection = endpoint.dialledBy(dialler, this, stamp, peer);
    }

    /** The remote end has accepted the dial. */
    void dialAccepted(PendingDial dial, long stamp, @Nullable PeerId peer) {
        established();
        begin(dial.up(this, stamp, peer));
    }

    /** Before either node learns of the connection: an endpoint that is shut down closes all sockets that are in their handshake. */
    private void established() {
        state = State.ESTABLISHED;
        endpoint.handshakeOver(this);
    }

    private void begin(BaseConnection established) {
        connection = established;
        frames = new TcpFrameHandler(this, channel, established, writer, acks, endpoint.maxFrameBytes());
        channel.pipeline().replace(handshake, null, frames);
        channel.pipeline().replace(RecordDecoder.class, null, new RecordDecoder(TcpRecord.MAX_RECORD_BYTES));
    }

    /** Whether records are discarded. */
    boolean isOver() {
        return state == State.CLOSING || state == State.ABANDONED;
    }

    void protocolError() {
        if (isOver()) return;
        boolean unknown = connection == null;
        if (unknown) endpoint.counters().countHandshakeProtocolError();
        ended(CloseReason.PROTOCOL_ERROR);
        if (unknown) hangUp();
        else leave(CloseCode.CLOSED);
    }

    /** The remote end has sent its last record. */
    void closedByRemote(CloseCode code) {
        ended(code == CloseCode.SUPERSEDED ? CloseReason.SUPERSEDED : CloseReason.REMOTE);
        hangUp();
    }

    void handshakeTimeout() {
        if (state == State.HANDSHAKE) hangUp();
    }

    void channelInactive() {
        ended(CloseReason.REMOTE);
    }

    void failed(Throwable cause) {
        if (cause instanceof VirtualMachineError error) endpoint.fail(error);
        boolean badLength = cause instanceof TooLongFrameException || cause instanceof CorruptedFrameException;
        if (cause instanceof DecoderException) protocolError();
        if (!badLength) hangUp(); // TLS has failed, or the socket: channelInactive reports it
    }

    /** Starts a record of {@code lengthBytes} after its length field. */
    ByteBuf record(int lengthBytes, byte type) {
        ByteBuf buffer = channel.alloc().directBuffer(TcpRecord.LENGTH_BYTES + lengthBytes);
        return TcpRecord.begin(buffer, lengthBytes, type);
    }

    void write(ByteBuf record) {
        channel.writeAndFlush(record).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** Closes the socket without a last record. Any thread. */
    void hangUp() {
        var unused = channel.close();
    }

    /** Calls {@code then} on the event loop, or at once if the loop has ended; see {@link TcpEndpoint#register}. Any thread. */
    void register(Runnable then) {
        try {
            channel.eventLoop().execute(then);
        } catch (RejectedExecutionException e) {
            then.run();
        }
    }

    // The end

    private void ended(CloseReason reason) {
        if (isOver()) return;
        BaseConnection ended = connection;
        boolean handshakeFailed = ended == null && dial == null && reason == CloseReason.REMOTE;
        if (handshakeFailed && !endpoint.isStopped()) endpoint.counters().countFailedHandshake();
        stop(State.CLOSING);
        if (ended != null) ended.ended(reason);
        else if (dial != null) dial.failed(DialFailure.REFUSED);
        endpoint.handshakeOver(this);
    }

    /** Sends the last record, then waits for the remote end to close: closing a socket with unread input would discard the record. */
    private void leave(CloseCode code) {
        boolean inHandshake = state == State.HANDSHAKE;
        acks.send();
        stop(State.CLOSING);
        endpoint.handshakeOver(this);
        if (!channel.isActive() || inHandshake && dial != null) {
            hangUp();
            return;
        }
        byte type = inHandshake ? TcpRecord.REJECTED : TcpRecord.CLOSE;
        write(record(TcpRecord.CLOSE_BYTES, type).writeByte(code.ordinal()));
        closeAfter(CLOSE_NANOS);
    }

    /** No frame is sent or received any more; the handlers discard what arrives. */
    private void stop(State end) {
        state = end;
        writer.close();
        acks.clear();
        if (frames != null) frames.close();
        RecordDecoder decoder = channel.pipeline().get(RecordDecoder.class);
        if (decoder != null) channel.pipeline().remove(decoder);
    }

    private void closeAfter(long nanos) {
        channel.config().setAutoRead(true);
        var timer = channel.eventLoop().schedule(this::hangUp, nanos, TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
    }

    private boolean hasUnread() {
        BaseConnection open = connection;
        return open != null && open.hasUnread();
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // the loops have ended, and the socket with them
        }
    }
}
