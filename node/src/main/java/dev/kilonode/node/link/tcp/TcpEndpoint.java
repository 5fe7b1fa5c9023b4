package dev.kilonode.node.link.tcp;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.base.BaseConnection;
import dev.kilonode.node.link.base.FrameChannel;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.base.PendingDial;
import dev.kilonode.node.link.netty.LoopTimers;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.tls.TlsContexts;
import dev.kilonode.node.link.tls.TlsIdentity;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A node's endpoint on TCP, with TLS 1.3 or without. It listens at its address and dials from the same IP, so that remote endpoints see its
 * true source address; the HELLO record adds the port that it listens at.
 */
public final class TcpEndpoint extends AbstractEndpoint {

    private static final WriteBufferWaterMark BUFFERED = new WriteBufferWaterMark(64 << 10, 256 << 10);
    private static final int BACKLOG = 1024;

    private final SocketLoops loops;
    private final @Nullable TlsContexts tls;

    /** Channels in their handshake. Any thread. */
    private final Set<TcpFrameChannel> handshakes = ConcurrentHashMap.newKeySet();

    private final Bootstrap dialler;
    private final Channel server;
    private volatile boolean stopped;

    /**
     * Starts listening, after a former endpoint at this address has closed its socket. Not on an event loop.
     *
     * @param identity the identity to prove inside TLS; null for no TLS
     * @param nodeThread as for {@link AbstractEndpoint}
     * @param runtime as for {@link AbstractEndpoint}
     * @throws LinkException if it cannot listen at {@code address}; the message says why and what to do
     */
    public TcpEndpoint(
            SocketLoops loops,
            NodeAddress address,
            @Nullable NodeIdentity identity,
            Executor nodeThread,
            NodeRuntime runtime,
            LinkConfig config) {
        super(address, nodeThread, runtime, config);
        this.loops = loops;
        tls = identity == null ? null : new TlsContexts(identity, config.dialTimeout());
        dialler = new Bootstrap()
                .group(loops.group())
                .channel(loops.socketType())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        config.dialTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, BUFFERED);
        if (loops.usesEpoll()) dialler.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        loops.awaitClosed(address);
        server = bind(address);
    }

    private Channel bind(NodeAddress address) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, BUFFERED)
                .childHandler(new ConnectionInitializer(null))
                .bind(SocketLoops.socketAddress(address))
                .awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure == null) return bound.channel();
        String remedy = failure instanceof BindException
                ? "; another process listens there, or this machine has no such address: choose another address or port"
                : "";
        throw new LinkException("cannot listen at " + address + ": " + failure.getMessage() + remedy, failure);
    }

    /** Adds the handlers of a new socket. */
    private final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {

        private final @Nullable PendingDial dial;

        ConnectionInitializer(@Nullable PendingDial dial) {
            this.dial = dial;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            TcpFrameChannel frameChannel = new TcpFrameChannel(TcpEndpoint.this, channel, dial);
            handshakes.add(frameChannel);
            if (tls != null) channel.pipeline().addLast(tls.handler(channel.alloc(), dial != null));
            frameChannel.addHandlers(channel.pipeline());
            channel.closeFuture().addListener(closed -> handshakes.remove(frameChannel));
            if (stopped) frameChannel.hangUp();
        }
    }

    @Override
    protected void open(PendingDial dial) {
        InetSocketAddress remote = SocketLoops.socketAddress(dial.remote());
        InetSocketAddress source = SocketLoops.socketAddress(localAddress().ip(), 0);
        dialler.clone()
                .handler(new ConnectionInitializer(dial))
                .connect(remote, source)
                .addListener(connected -> {
                    Throwable failure = connected.cause();
                    if (failure != null) {
                        dial.failed(
                                failure instanceof ConnectTimeoutException ? DialFailure.TIMEOUT : DialFailure.REFUSED);
                    }
                });
    }

    @Override
    protected void stopListening() {
        stopped = true;
        loops.closing(localAddress(), server.close());
        handshakes.forEach(TcpFrameChannel::hangUp);
    }

    /** On the event loop, where a registration waits its turn among packets, as in a transport with threads of its own. */
    @Override
    protected void register(FrameChannel frameChannel, Runnable then) {
        ((TcpFrameChannel) frameChannel).register(then);
    }

    /** Null without TLS. */
    @Nullable
    TlsIdentity tlsIdentity() {
        return tls == null ? null : tls.identity();
    }

    BaseConnection dialledBy(NodeAddress dialler, TcpFrameChannel frameChannel, long stamp, @Nullable PeerId peer) {
        return accepted(frameChannel, dialler, stamp, peer);
    }

    void handshakeOver(TcpFrameChannel frameChannel) {
        handshakes.remove(frameChannel);
    }

    /** Whether it accepts no more connections. */
    boolean isStopped() {
        return stopped;
    }

    LoopTimers timersOf(Channel channel) {
        return loops.timersOf(channel.eventLoop());
    }

    long maxFrameBytes() {
        return config().maxFrame().count();
    }

    long dialTimeoutNanos() {
        return config().dialTimeout().toNanos();
    }
}
