package dev.kilonode.node.link.quic;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.tls.TlsIdentity;
import dev.kilonode.node.link.tls.TlsKeySource;
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
 * Builds the two codecs of one endpoint. Both ends must show a certificate, with any content: {@link TlsIdentity} verifies who holds its
 * key. ADR 9 gives the reasons for the numbers.
 */
final class QuicCodecs {

    static final String PROTOCOL = "kilonode/3";

    /**
     * Streams that the remote end may have open: one for each frame, and the control stream. The value of the network studied;
     * further frames wait at the sender.
     */
    private static final long MAX_STREAMS = 101;

    /** Bytes that a peer may send before they are read. Only bytes that it does send take memory. */
    private static final long CONNECTION_WINDOW_BYTES = 2 << 20;

    private static final long STREAM_WINDOW_BYTES = 1 << 20;

    /** The most that path MTU discovery finds on the Internet: 1,500 bytes less the headers of UDP and IPv6. */
    private static final long DATAGRAM_BYTES = 1_452;

    /** QUIC's idle time-out is a fallback for the endpoint's own, which sends a close code. */
    private static final long QUIC_IDLE_FACTOR = 2;

    private final TlsIdentity identity;
    private final TlsKeySource keys;
    private final LinkConfig config;

    QuicCodecs(NodeIdentity identity, LinkConfig config) {
        this.identity = TlsIdentity.of(identity);
        this.keys = new TlsKeySource(this.identity);
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
