package dev.kilonode.node.bench;

import dev.kilonode.node.link.netty.TestKeys;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Over Netty with nothing but a length before each message: no acknowledgements, no bounds, all on the event loops. */
final class BarePingPong extends PingPong {

    private final EndpointPingPong.Link link;
    private final EventLoopGroup group;
    private final boolean epoll = Epoll.isAvailable();
    private final @Nullable SslContext client;
    private final @Nullable SslContext server;
    private final List<Channel> dialled = new CopyOnWriteArrayList<>();

    BarePingPong(EndpointPingPong.Link link, int nodes, int degree, int cores) throws Exception {
        super(nodes, degree);
        this.link = link;
        group = new MultiThreadIoEventLoopGroup(
                cores,
                link == EndpointPingPong.Link.MEMORY
                        ? LocalIoHandler.newFactory()
                        : epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        if (link != EndpointPingPong.Link.TLS) {
            client = null;
            server = null;
            return;
        }
        X509ExtendedKeyManager keys = TestKeys.keys();
        client = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .keyManager(keys)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
        server = SslContextBuilder.forServer(keys)
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        private final boolean dialling;

        Pipeline(boolean dialling) {
            this.dialling = dialling;
        }

        @Override
        protected void initChannel(Channel channel) {
            SslContext tls = dialling ? client : server;
            if (tls != null) channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            channel.pipeline()
                    .addLast(
                            new LengthFieldBasedFrameDecoder(1 << 20, 0, 4, 0, 4),
                            new SimpleChannelInboundHandler<ByteBuf>() {
                                @Override
                                protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
                                    if (dialling) replies.increment();
                                    if (link == EndpointPingPong.Link.MEMORY) {
                                        // a write from within a read stalls where both ends share a loop
                                        context.executor().execute(() -> ask(channel));
                                    } else {
                                        ask(channel);
                                    }
                                }

                                @Override
                                public void channelActive(ChannelHandlerContext context) {
                                    if (dialling && client == null) up();
                                }

                                @Override
                                public void userEventTriggered(ChannelHandlerContext context, Object event) {
                                    if (dialling && event instanceof SslHandshakeCompletionEvent) up();
                                }

                                private void up() {
                                    dialled.add(channel);
                                    connections.countDown();
                                }
                            });
        }
    }

    private static void ask(Channel channel) {
        ByteBuf message = channel.alloc().directBuffer(4 + REQUEST_BYTES);
        message.writeInt(REQUEST_BYTES).writeZero(REQUEST_BYTES);
        var unused = channel.writeAndFlush(message, channel.voidPromise());
    }

    private SocketAddress address(int node, int port) {
        if (link == EndpointPingPong.Link.MEMORY) return new LocalAddress("bare-" + node);
        int ip = ip(node);
        byte[] bytes = {(byte) (ip >>> 24), (byte) (ip >>> 16), (byte) (ip >>> 8), (byte) ip};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void listen() {
        ServerBootstrap listener = new ServerBootstrap()
                .group(group)
                .channel(
                        link == EndpointPingPong.Link.MEMORY
                                ? LocalServerChannel.class
                                : epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childHandler(new Pipeline(false));
        if (link != EndpointPingPong.Link.MEMORY) {
            listener.option(ChannelOption.SO_BACKLOG, 1024).childOption(ChannelOption.TCP_NODELAY, true);
        }
        for (int i = 0; i < nodes; i++) {
            var unused = listener.bind(address(i, PORT)).syncUninterruptibly();
        }
    }

    @Override
    void connect(int from, int to) {
        Bootstrap dialler = new Bootstrap()
                .group(group)
                .channel(
                        link == EndpointPingPong.Link.MEMORY
                                ? LocalChannel.class
                                : epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .handler(new Pipeline(true));
        if (link == EndpointPingPong.Link.MEMORY) {
            var unused = dialler.connect(address(to, PORT));
        } else {
            var unused = dialler.option(ChannelOption.TCP_NODELAY, true).connect(address(to, PORT), address(from, 0));
        }
    }

    @Override
    void start(int inFlight) {
        for (int i = 0; i < inFlight; i++) {
            Channel channel = dialled.get(i % dialled.size());
            channel.eventLoop().execute(() -> ask(channel));
        }
    }
}
