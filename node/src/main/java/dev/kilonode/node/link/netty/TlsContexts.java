package dev.kilonode.node.link.netty;

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
 * TLS 1.3 of one node, for both directions: it shows a certificate and asks for the other's, whatever it says; who holds its key is told
 * inside TLS ({@link TlsIdentity}). BoringSSL where there is one for the platform, else the JDK's. Sessions are not resumed,
 * so that each connection proves who it is.
 */
final class TlsContexts {

    private static final String PROTOCOL = "TLSv1.3";

    private final SslContext client;
    private final SslContext server;
    private final TlsIdentity identity;
    private final Duration timeout;

    TlsContexts(NodeIdentity identity, Duration timeout) {
        this.identity = TlsIdentity.of(identity);
        this.timeout = timeout;
        TlsKeys keys = new TlsKeys(this.identity);
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

    TlsIdentity identity() {
        return identity;
    }

    SslHandler handler(ByteBufAllocator buffers, boolean dialling) {
        SslHandler handler = (dialling ? client : server).newHandler(buffers);
        handler.setHandshakeTimeoutMillis(timeout.toMillis());
        return handler;
    }
}
