package dev.kilonode.node.link.quic;

import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.link.tls.TlsIdentity;
import dev.kilonode.node.link.tls.TlsKeySource;
import dev.kilonode.node.wire.NodeAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Speaks QUIC to an endpoint without being one: sends what it likes, and reads nothing of what it is sent. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty: a failure ends the channel, which reports it
final class RawQuicPeer implements AutoCloseable {

    private static final long LONGEST_SECONDS = 20;

    private final Channel udp;
    private final QuicChannel connection;
    private final CompletableFuture<QuicConnectionCloseEvent> closeEvent = new CompletableFuture<>();

    /**
     * @param identity whose certificate to show; null shows none
     * @param binding the identity binding of its handshake; null sends no handshake
     */
    RawQuicPeer(
            SocketLoops loops,
            int ip,
            @Nullable TlsIdentity identity,
            NodeAddress endpoint,
            byte @Nullable [] binding) {
        QuicSslContextBuilder ssl = QuicSslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .applicationProtocols(QuicCodecs.PROTOCOL);
        if (identity != null) ssl.keyManager(new TlsKeySource(identity), null);
        udp = new Bootstrap()
                .group(loops.group())
                .channel(loops.datagramType())
                .handler(new QuicClientCodecBuilder()
                        .sslContext(ssl.build())
                        .initialMaxData(64 << 10)
                        .initialMaxStreamDataUnidirectional(16 << 10)
                        .initialMaxStreamsUnidirectional(100)
                        .build())
                .bind(SocketLoops.socketAddress(ip, 0))
                .syncUninterruptibly()
                .channel();
        connection = QuicChannel.newBootstrap(udp)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        if (binding != null) sendHandshake((QuicChannel) ctx.channel(), binding);
                    }

                    @Override
                    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                        if (event instanceof QuicConnectionCloseEvent words) closeEvent.complete(words);
                    }
                })
                .streamHandler(new ChannelInboundHandlerAdapter())
                .remoteAddress(SocketLoops.socketAddress(endpoint))
                .connect()
                .syncUninterruptibly()
                .getNow();
    }

    /** Here and not later, because QUIC's library believes at times that it may send nothing until it has heard something. */
    private static void sendHandshake(QuicChannel channel, byte[] binding) {
        channel.createStream(QuicStreamType.UNIDIRECTIONAL, null)
                .getNow()
                .write(Unpooled.directBuffer().writeLong(1).writeBytes(binding));
    }

    QuicStreamChannel newStream() {
        return connection
                .createStream(QuicStreamType.UNIDIRECTIONAL, null)
                .syncUninterruptibly()
                .getNow();
    }

    /** A stream that holds these bytes and nothing else. */
    void send(byte[] bytes, boolean end) {
        newStream().write(new DefaultQuicStreamFrame(Unpooled.copiedBuffer(bytes), end));
    }

    /** How the endpoint ended the connection. */
    QuicConnectionCloseEvent closeEvent() throws Exception {
        return closeEvent.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        udp.close().syncUninterruptibly();
    }
}
