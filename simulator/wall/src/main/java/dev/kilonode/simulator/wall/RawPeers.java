package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.provider.SocketKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.RawPeer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Peers that send to the nodes' sockets without an endpoint. They share one thread, which starts with the first of them. Called on the
 * harness thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a malicious peer ignores whether a write succeeded
final class RawPeers implements AutoCloseable {

    private static final long LONGEST_CLOSE_SECONDS = 10;

    /** The limit of open connections of one peer. */
    private static final int MOST_OPEN = 1_000;

    /** How long a connection stays open unless the node closes it; longer than a node's time-outs. */
    private static final long HOLD_SECONDS = 60;

    private final SocketKind sockets;
    private @Nullable EventLoopGroup group;

    RawPeers(SocketKind sockets) {
        this.sockets = sockets;
    }

    /** Creates a peer at {@code ip}. Only for links with sockets. */
    RawPeer newRawPeer(int ip) {
        EventLoopGroup loop = group;
        if (loop == null) {
            loop = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("kilonode-raw-peers", true), NioIoHandler.newFactory());
            group = loop;
        }
        return sockets == SocketKind.UDP ? new Datagrams(loop, ip) : new Streams(loop, ip);
    }

    /** Closes the remaining sockets and ends the thread. */
    @Override
    public void close() {
        if (group == null) return;
        group.shutdownGracefully(0, LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** A peer on TCP: it opens a connection for each message. */
    private static final class Streams implements RawPeer {

        private final EventLoopGroup loop;
        private final int ip;
        private final Set<Channel> open = ConcurrentHashMap.newKeySet();

        Streams(EventLoopGroup loop, int ip) {
            this.loop = loop;
            this.ip = ip;
        }

        @Override
        public boolean send(NodeAddress target, byte[] bytes) {
            return connect(target, bytes);
        }

        @Override
        public boolean beginConnection(NodeAddress target) {
            return connect(target, new byte[0]);
        }

        private boolean connect(NodeAddress target, byte[] bytes) {
            if (open.size() >= MOST_OPEN) return false;
            Channel channel = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .handler(new Ignoring(bytes))
                    .connect(at(target.ip(), target.port()), at(ip, 0))
                    .channel();
            open.add(channel);
            channel.closeFuture().addListener(closed -> open.remove(channel));
            channel.eventLoop().schedule(() -> channel.close(), HOLD_SECONDS, TimeUnit.SECONDS);
            return true;
        }

        @Override
        public void leave() {
            open.forEach(Channel::close);
        }
    }

    /** A peer on UDP: messages are single datagrams; connections begin with a QUIC handshake. */
    private static final class Datagrams implements RawPeer {

        private final Channel garbage;
        private final Channel beginning;
        private final Set<Channel> open = ConcurrentHashMap.newKeySet();

        Datagrams(EventLoopGroup loop, int ip) {
            garbage = bind(loop, ip, new Ignoring(new byte[0]));
            beginning = bind(loop, ip, new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                    ChannelHandler codec = new QuicClientCodecBuilder()
                            .sslContext(QuicSslContextBuilder.forClient()
                                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                                    .applicationProtocols("kilonode/1")
                                    .build())
                            .build();
                    // Before the codec, so that QUIC never receives the reply to its first datagram.
                    channel.pipeline().addLast(new Ignoring(new byte[0]), codec);
                }
            });
        }

        private static Channel bind(EventLoopGroup loop, int ip, ChannelHandler handler) {
            ChannelFuture bound = new Bootstrap()
                    .group(loop)
                    .channel(NioDatagramChannel.class)
                    .handler(handler)
                    .bind(at(ip, 0))
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                throw new LinkException(
                        "a rogue peer cannot have a UDP socket: "
                                + bound.cause().getMessage() + "; write a fault with fewer peers",
                        bound.cause());
            }
            return bound.channel();
        }

        @Override
        public boolean send(NodeAddress target, byte[] bytes) {
            if (!garbage.isWritable()) return false;
            garbage.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(bytes), at(target.ip(), target.port())));
            return true;
        }

        @Override
        public boolean beginConnection(NodeAddress target) {
            if (open.size() >= MOST_OPEN) return false;
            QuicChannel.newBootstrap(beginning)
                    .handler(new Held(open))
                    .streamHandler(new ChannelInboundHandlerAdapter())
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                    .remoteAddress(at(target.ip(), target.port()))
                    .connect();
            return true;
        }

        @Override
        public void leave() {
            open.forEach(Channel::close);
            garbage.close();
            beginning.close();
        }
    }

    /** Keeps an unanswered connection open for a limited time. */
    private static final class Held extends ChannelInboundHandlerAdapter {

        private final Set<Channel> open;

        Held(Set<Channel> open) {
            this.open = open;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            Channel channel = context.channel();
            open.add(channel);
            channel.closeFuture().addListener(closed -> open.remove(channel));
            context.executor().schedule(() -> channel.close(), HOLD_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Sends some bytes and ignores all input. */
    private static final class Ignoring extends ChannelInboundHandlerAdapter {

        private final byte[] bytes;

        Ignoring(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (bytes.length > 0) context.writeAndFlush(Unpooled.wrappedBuffer(bytes));
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (context.channel() instanceof NioSocketChannel) context.close(); // the node has reset the connection
        }
    }

    private static InetSocketAddress at(int ip, int port) {
        byte[] bytes = {(byte) (ip >>> 24), (byte) (ip >>> 16), (byte) (ip >>> 8), (byte) ip};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
