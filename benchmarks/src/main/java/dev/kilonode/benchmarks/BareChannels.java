package dev.kilonode.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.SocketAddress;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Bare Netty's channels in memory, on TCP and on TLS. */
final class BareChannels extends BarePingPong {

    private final boolean memory;
    private final @Nullable SslContext client;
    private final @Nullable SslContext server;

    BareChannels(Link link, int nodes, int degree) throws Exception {
        super(nodes, degree, link == Link.MEMORY ? LocalIoHandler.newFactory() : SOCKETS);
        memory = link == Link.MEMORY;
        if (link != Link.TLS) {
            client = null;
            server = null;
            return;
        }
        X509ExtendedKeyManager keys = BareKeys.create();
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
            if (dialling) channel.pipeline().addLast(new Dialled());
            channel.pipeline().addLast(reading(dialling));
        }
    }

    private final class Dialled extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (client == null) connected(context.channel());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) connected(context.channel());
        }
    }

    @Override
    void send(Channel channel, ByteBuf message) {
        if (memory) { // a write from within a read stalls where both ends share a loop
            channel.eventLoop().execute(() -> super.send(channel, message));
        } else {
            super.send(channel, message);
        }
    }

    private SocketAddress address(int node, int port) {
        return memory ? new LocalAddress("bare-" + node) : socketAddress(node, port);
    }

    @Override
    void listen() {
        ServerBootstrap listener = new ServerBootstrap()
                .group(group)
                .channel(
                        memory
                                ? LocalServerChannel.class
                                : EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childHandler(new Pipeline(false));
        if (!memory) listener.option(ChannelOption.SO_BACKLOG, 1024).childOption(ChannelOption.TCP_NODELAY, true);
        for (int i = 0; i < nodes; i++) {
            var unused = listener.bind(address(i, PORT)).syncUninterruptibly();
        }
    }

    @Override
    void connect(int from, int to) {
        Bootstrap dialler = new Bootstrap()
                .group(group)
                .channel(memory ? LocalChannel.class : EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
                .handler(new Pipeline(true));
        if (memory) {
            var unused = dialler.connect(address(to, PORT));
        } else {
            var unused = dialler.option(ChannelOption.TCP_NODELAY, true).connect(address(to, PORT), address(from, 0));
        }
    }
}
