package dev.kilonode.simulator.wall;

import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.RawPeer;
import dev.kilonode.simulator.settings.LinkKind;
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
 * Those who speak to the nodes' sockets without being endpoints, on one thread of their own, which there is only once somebody
 * has come. Called on the harness's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of Netty: whoever breaks the rules need not know whether it worked
final class WallRawPeer implements AutoCloseable {

    private static final long LONGEST_CLOSE_SECONDS = 10;

    /** Connections that one of them has under way at once. */
    private static final int MOST_OPEN = 1_000;

    /** How long a connection is held open for an answer, unless the other end hangs up: longer than a patient node waits. */
    private static final long HOLD_SECONDS = 60;

    private final LinkKind link;
    private @Nullable EventLoopGroup group;

    WallRawPeer(LinkKind link) {
        this.link = link;
    }

    /** Somebody new at {@code ip}; only where nodes have sockets. */
    RawPeer newRawPeer(int ip) {
        EventLoopGroup loop = group;
        if (loop == null) {
            loop = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("kilonode-strangers", true), NioIoHandler.newFactory());
            group = loop;
        }
        return link == LinkKind.QUIC ? new Datagrams(loop, ip) : new Streams(loop, ip);
    }

    /** Closes what sockets are left and ends the thread. */
    @Override
    public void close() {
        if (group == null) return;
        group.shutdownGracefully(0, LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Over TCP: a connection for each sending. */
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

    /** Over UDP: what is sent is a datagram of no connection; connections are begun as QUIC's are. */
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
                    // First in line, so that QUIC never hears what the other end answers to its first datagram.
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

    /** Keeps a connection that is never answered, for a while. */
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

    /** Says one thing, and hears nothing. */
    private static final class Ignoring extends ChannelInboundHandlerAdapter {

        private final byte[] words;

        Ignoring(byte[] words) {
            this.words = words;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (words.length > 0) context.writeAndFlush(Unpooled.wrappedBuffer(words));
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (context.channel() instanceof NioSocketChannel) context.close(); // the other end has hung up in anger
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
