package dev.kilonode.node.link.tls;

import dev.kilonode.node.identity.NodeIdentity;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * The TLS 1.3 contexts of one node, for dialled and accepted connections. Each end shows a certificate and requires one from the
 * other, with any content; {@link TlsIdentity} verifies who holds its key. Uses BoringSSL where the platform has it, otherwise the
 * JDK's TLS. Sessions are not resumed, so that each connection proves its identity.
 */
public final class TlsContexts {

    private static final String PROTOCOL = "TLSv1.3";

    private final SslContext client;
    private final SslContext server;
    private final TlsIdentity identity;
    private final Duration timeout;

    /** @param timeout of the handshake */
    public TlsContexts(NodeIdentity identity, Duration timeout) {
        this.identity = TlsIdentity.of(identity);
        this.timeout = timeout;
        TlsKeySource keys = new TlsKeySource(this.identity);
        SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
        try {
            client = SslContextBuilder.forClient()
                    .sslProvider(provider)
                    .protocols(PROTOCOL)
                    .keyManager(keys)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null) // peers have ids, not host names
                    .build();
            server = SslContextBuilder.forServer(keys)
                    .sslProvider(provider)
                    .protocols(PROTOCOL)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .clientAuth(ClientAuth.REQUIRE)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS of " + identity + " by " + provider, e);
        }
    }

    public TlsIdentity identity() {
        return identity;
    }

    public SslHandler handler(ByteBufAllocator buffers, boolean dialling) {
        SslHandler handler = (dialling ? client : server).newHandler(buffers);
        handler.setHandshakeTimeoutMillis(timeout.toMillis());
        return handler;
    }
}
