package dev.kilonode.node.link.netty;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.real.Line;
import dev.kilonode.node.link.real.LinkConfig;
import dev.kilonode.node.link.real.RealConnection;
import dev.kilonode.node.link.real.RealDial;
import dev.kilonode.node.link.real.RealEndpoint;
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
 * A node's endpoint on TCP, with TLS 1.3 or without. It listens at its address and dials from the same IP, so that the other end
 * sees a true source; the greeting adds the port it listens at.
 */
public final class TcpEndpoint extends RealEndpoint {

    private static final WriteBufferWaterMark BUFFERED = new WriteBufferWaterMark(64 << 10, 256 << 10);
    private static final int BACKLOG = 1024;

    private final SocketLoops loops;
    private final @Nullable TlsContexts tls;

    /** Lines that have not greeted yet. Any thread. */
    private final Set<TcpLine> greeting = ConcurrentHashMap.newKeySet();

    private final Bootstrap dialler;
    private final Channel server;
    private volatile boolean stopped;

    /**
     * Listens at once; waits for a former endpoint at this address to have closed its socket. Not on an event loop.
     *
     * @param identity who it is inside TLS; null for no TLS
     * @param nodeThread as for {@link RealEndpoint}
     * @param runtime as for {@link RealEndpoint}
     * @throws IllegalStateException if it cannot listen at {@code address}; the message says why and what to do
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
                .childHandler(new Lines(null))
                .bind(SocketLoops.socketAddress(address))
                .awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure == null) return bound.channel();
        String remedy = failure instanceof BindException
                ? "; another process listens there, or this machine has no such address: choose another address or port"
                : "";
        throw new IllegalStateException("cannot listen at " + address + ": " + failure.getMessage() + remedy, failure);
    }

    /** Gives a new channel its handlers. */
    private final class Lines extends ChannelInitializer<SocketChannel> {

        private final @Nullable RealDial dial;

        Lines(@Nullable RealDial dial) {
            this.dial = dial;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            TcpLine line = new TcpLine(TcpEndpoint.this, channel, dial);
            greeting.add(line);
            if (tls != null) channel.pipeline().addLast(tls.handler(channel.alloc(), dial != null));
            channel.pipeline().addLast(line);
            channel.closeFuture().addListener(closed -> greeting.remove(line));
            if (stopped) line.hangUp();
        }
    }

    @Override
    protected void open(RealDial dial) {
        InetSocketAddress remote = SocketLoops.socketAddress(dial.remote());
        InetSocketAddress source = SocketLoops.socketAddress(localAddress().ip(), 0);
        dialler.clone().handler(new Lines(dial)).connect(remote, source).addListener(connected -> {
            Throwable failure = connected.cause();
            if (failure != null) {
                dial.failed(failure instanceof ConnectTimeoutException ? DialFailure.TIMEOUT : DialFailure.REFUSED);
            }
        });
    }

    @Override
    protected void stopListening() {
        stopped = true;
        loops.closing(localAddress(), server.close());
        greeting.forEach(TcpLine::hangUp);
    }

    /** In the event loop, as a registration with a transport's own threads is: it takes its turn among packets. */
    @Override
    protected void register(Line line, Runnable then) {
        ((TcpLine) line).register(then);
    }

    /** Null without TLS. */
    @Nullable
    TlsIdentity tlsIdentity() {
        return tls == null ? null : tls.identity();
    }

    RealConnection greetedBy(NodeAddress dialler, TcpLine line, long stamp, @Nullable PeerId peer) {
        return accepted(line, dialler, stamp, peer);
    }

    void greeted(TcpLine line) {
        greeting.remove(line);
    }

    /** Whether it takes no more connections. */
    boolean isStopped() {
        return stopped;
    }

    LoopDelays delaysOf(Channel channel) {
        return loops.delaysOf(channel.eventLoop());
    }

    long maxFrameBytes() {
        return config().maxFrame().count();
    }

    long dialTimeoutNanos() {
        return config().dialTimeout().toNanos();
    }
}
