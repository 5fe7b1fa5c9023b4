package dev.kilonode.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Bare Netty QUIC: two codecs on two UDP sockets a node, no client certificate, and one long-lived bidirectional stream a connection on
 * which requests and replies follow each other, or a stream for each message, as ours have.
 */
final class BareQuic extends BarePingPong {

    private static final int WINDOW_BYTES = 8 << 20;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int DATAGRAM_BYTES = 1350;
    private static final int MOST_STREAMS = 100;

    private final boolean streamPerMessage;
    private final Channel[] clients;

    BareQuic(int nodes, int degree, boolean streamPerMessage) {
        super(nodes, degree, SOCKETS);
        this.streamPerMessage = streamPerMessage;
        clients = new Channel[nodes];
    }

    private final class Pipeline extends ChannelInitializer<QuicStreamChannel> {
        private final boolean dialling;

        Pipeline(boolean dialling) {
            this.dialling = dialling;
        }

        @Override
        protected void initChannel(QuicStreamChannel stream) {
            stream.pipeline().addLast(new ClosedWhenRead()).addLast(reading(dialling));
        }
    }

    /** A stream that only the other end writes; Netty keeps it open otherwise. */
    private static final class ClosedWhenRead extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownReadComplete.INSTANCE) {
                var unused = context.close();
            }
        }
    }

    @Override
    void listen() throws Exception {
        QuicSslContext server = QuicSslContextBuilder.forServer(BareKeys.create(), null)
                .applicationProtocols("bare")
                .build();
        QuicSslContext client = QuicSslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .applicationProtocols("bare")
                .build();
        for (int i = 0; i < nodes; i++) {
            var unused = bind(
                    i,
                    PORT,
                    bounded(new QuicServerCodecBuilder().sslContext(server)).streamHandler(new Pipeline(false)));
            clients[i] = bind(i, PORT + 1, bounded(new QuicClientCodecBuilder().sslContext(client)));
        }
    }

    private static <B extends QuicCodecBuilder<B>> B bounded(B codec) {
        return codec.maxIdleTimeout(0, TimeUnit.SECONDS)
                .maxSendUdpPayloadSize(DATAGRAM_BYTES)
                .initialMaxData(WINDOW_BYTES)
                .initialMaxStreamDataBidirectionalLocal(WINDOW_BYTES)
                .initialMaxStreamDataBidirectionalRemote(WINDOW_BYTES)
                .initialMaxStreamsBidirectional(MOST_STREAMS)
                .initialMaxStreamDataUnidirectional(WINDOW_BYTES)
                .initialMaxStreamsUnidirectional(MOST_STREAMS);
    }

    private Channel bind(int node, int port, QuicCodecBuilder<?> codec) {
        return new Bootstrap()
                .group(group)
                .channel(EPOLL ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .handler(codec.build())
                .bind(socketAddress(node, port))
                .syncUninterruptibly()
                .channel();
    }

    @Override
    void connect(int from, int to) {
        ChannelHandler pipeline = new Pipeline(true);
        QuicChannel.newBootstrap(clients[from])
                .streamHandler(pipeline)
                .remoteAddress(socketAddress(to, PORT))
                .connect()
                .addListener((Future<QuicChannel> dialled) -> had(dialled)
                        .createStream(QuicStreamType.BIDIRECTIONAL, pipeline)
                        .addListener((Future<QuicStreamChannel> opened) -> connected(had(opened))));
    }

    @Override
    void send(Channel stream, ByteBuf message) {
        if (!streamPerMessage) {
            super.send(stream, message);
            return;
        }
        ((QuicStreamChannel) stream)
                .parent()
                .createStream(QuicStreamType.UNIDIRECTIONAL, null)
                .addListener((Future<QuicStreamChannel> opened) -> {
                    var unused = had(opened).writeAndFlush(new DefaultQuicStreamFrame(message, true));
                });
    }

    private static <T> T had(Future<T> done) {
        if (!done.isSuccess()) failed(String.valueOf(done.cause()));
        return done.getNow();
    }
}
