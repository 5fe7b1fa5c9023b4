package dev.kilonode.node.link.tcp;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.base.PendingDial;
import dev.kilonode.node.link.base.ProtocolException;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.tls.TlsIdentity;
import dev.kilonode.node.wire.NodeAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of a connection: TLS if the endpoint uses it; then the dialler's HELLO; then the acceptor's ACCEPTED or REJECTED. The
 * frame channel replaces it when the connection is established. On the event loop.
 */
final class TcpHandshakeHandler extends RecordHandler {

    private static final byte[] NOTHING = {};

    private final TcpEndpoint endpoint;
    private final TcpFrameChannel frameChannel;
    private final Channel channel;
    private final @Nullable PendingDial dial;
    private final @Nullable TlsIdentity identity;
    private final byte[] binding;
    private boolean ready;
    private boolean helloRead;

    /** @param dial the dial that the connection answers, or null at the accepting end */
    TcpHandshakeHandler(
            TcpEndpoint endpoint, TcpFrameChannel frameChannel, Channel channel, @Nullable PendingDial dial) {
        super(frameChannel);
        this.endpoint = endpoint;
        this.frameChannel = frameChannel;
        this.channel = channel;
        this.dial = dial;
        identity = endpoint.tlsIdentity();
        binding = identity == null ? NOTHING : identity.binding();
    }

    /** The largest record of a handshake. */
    int maxRecordBytes() {
        return TcpRecord.HELLO_BYTES + binding.length;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var timeout = context.executor()
                .schedule(frameChannel::handshakeTimeout, endpoint.dialTimeoutNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> timeout.cancel(false));
        if (context.pipeline().get(SslHandler.class) == null) begin();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent tls)) return;
        if (tls.isSuccess()) begin();
        else if (tls.cause() instanceof SslHandshakeTimeoutException) frameChannel.hangUp(); // no protocol error
        else if (channel.isActive()) frameChannel.protocolError(); // otherwise the remote end has closed the socket
    }

    /** The connection can carry records. */
    private void begin() {
        ready = true;
        if (dial != null) sendHello(dial);
    }

    private void sendHello(PendingDial dial) {
        NodeAddress own = endpoint.localAddress();
        int bytes = TcpRecord.HELLO_BYTES + binding.length;
        frameChannel.write(frameChannel
                .record(bytes, TcpRecord.HELLO)
                .writeInt(TcpRecord.MAGIC)
                .writeByte(TcpRecord.VERSION)
                .writeInt(own.ip())
                .writeInt(own.port())
                .writeLong(dial.stamp())
                .writeBytes(binding));
    }

    /** Sends ACCEPTED. */
    void accept(long stamp) {
        int bytes = TcpRecord.ACCEPTED_BYTES + binding.length;
        frameChannel.write(
                frameChannel.record(bytes, TcpRecord.ACCEPTED).writeLong(stamp).writeBytes(binding));
    }

    @Override
    void read(byte type, ByteBuf body) throws ProtocolException {
        if (dial == null) readHello(type, body);
        else readAnswer(type, body, dial);
    }

    private void readHello(byte type, ByteBuf body) throws ProtocolException {
        boolean known =
                type == TcpRecord.HELLO && body.readInt() == TcpRecord.MAGIC && body.readByte() == TcpRecord.VERSION;
        if (!known || !ready || helloRead) throw new ProtocolException("not a HELLO");
        NodeAddress dialler = new NodeAddress(body.readInt(), body.readInt());
        NodeAddress source = SocketLoops.nodeAddress((InetSocketAddress) channel.remoteAddress());
        if (source == null || source.ip() != dialler.ip() || dialler.port() < 1 || dialler.port() > 0xffff) {
            throw new ProtocolException("HELLO from " + source + " says that it listens at " + dialler);
        }
        long stamp = body.readLong();
        frameChannel.dialledBy(dialler, stamp, verify(body));
        helloRead = true;
    }

    private void readAnswer(byte type, ByteBuf body, PendingDial dial) throws ProtocolException {
        switch (type) {
            case TcpRecord.ACCEPTED -> {
                long stamp = body.readLong();
                frameChannel.dialAccepted(dial, stamp, verify(body));
            }
            case TcpRecord.REJECTED -> frameChannel.closedByRemote(closeCode(body));
            default -> throw new ProtocolException("not an answer to a HELLO");
        }
    }

    /** The identity that the rest of the record proves; null without TLS. */
    private @Nullable PeerId verify(ByteBuf body) throws ProtocolException {
        if (identity == null) return null;
        byte[] theirs = new byte[binding.length];
        body.readBytes(theirs);
        return identity.verify(channel.pipeline().get(SslHandler.class).engine(), theirs);
    }
}
