package dev.kilonode.node.link.netty;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.link.real.LinkConfig;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.concurrent.TimeUnit;

/**
 * Builds the two codecs of one endpoint. Both ends must show a certificate, whatever it says: {@link TlsIdentity} asks who holds its key.
 * What the numbers rest on: ADR 9.
 */
final class QuicCodecs {

    static final String PROTOCOL = "kilonode/3";

    /**
     * Streams the other end may have open: one a frame, and one for what is said about frames. As in the network studied; beyond it
     * frames wait at the sender.
     */
    private static final long MAX_STREAMS = 101;

    /** What a peer may send that has not been read yet. Memory is taken only by what it does send. */
    private static final long CONNECTION_WINDOW_BYTES = 2 << 20;

    private static final long STREAM_WINDOW_BYTES = 1 << 20;

    /** What QUIC stacks find on the Internet by discovering the path's MTU, at most: 1,500 less the headers of UDP and IPv6. */
    private static final long DATAGRAM_BYTES = 1_452;

    /** Backstop behind the endpoint's own idle time-out, which ends a connection with words. */
    private static final long QUIC_IDLE_FACTOR = 2;

    private final TlsIdentity identity;
    private final TlsKeys keys;
    private final LinkConfig config;

    QuicCodecs(NodeIdentity identity, LinkConfig config) {
        this.identity = TlsIdentity.of(identity);
        this.keys = new TlsKeys(this.identity);
        this.config = config;
    }

    TlsIdentity identity() {
        return identity;
    }

    ChannelHandler accepting(ChannelHandler connections, ChannelHandler streams) {
        QuicSslContext context = QuicSslContextBuilder.forServer(keys, null)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .clientAuth(ClientAuth.REQUIRE)
                .applicationProtocols(PROTOCOL)
                .build();
        return tuned(new QuicServerCodecBuilder())
                .sslContext(context)
                .handler(connections)
                .streamHandler(streams)
                .build();
    }

    ChannelHandler dialling() {
        QuicSslContext context = QuicSslContextBuilder.forClient()
                .keyManager(keys, null)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .applicationProtocols(PROTOCOL)
                .build();
        return tuned(new QuicClientCodecBuilder()).sslContext(context).build();
    }

    private <B extends QuicCodecBuilder<B>> B tuned(B builder) {
        long idleMillis = config.idleTimeout().toMillis() * QUIC_IDLE_FACTOR;
        return builder.maxIdleTimeout(idleMillis, TimeUnit.MILLISECONDS)
                .maxSendUdpPayloadSize(DATAGRAM_BYTES)
                .initialMaxData(CONNECTION_WINDOW_BYTES)
                .initialMaxStreamDataUnidirectional(STREAM_WINDOW_BYTES)
                .initialMaxStreamsUnidirectional(MAX_STREAMS)
                .initialMaxStreamsBidirectional(0)
                .activeMigration(false);
    }
}
