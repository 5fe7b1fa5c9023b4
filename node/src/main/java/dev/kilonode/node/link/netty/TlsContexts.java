package dev.kilonode.node.link.netty;

import dev.kilonode.node.identity.NodeIdentity;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * TLS 1.3 of one node, for both directions: it shows the certificate bound to its identity and asks for the other's. BoringSSL
 * where there is one for the platform, else the JDK's. Sessions are not resumed, so that each connection proves who it is.
 */
final class TlsContexts {

    private static final String PROTOCOL = "TLSv1.3";

    private final SslContext client;
    private final SslContext server;
    private final Duration timeout;

    TlsContexts(NodeIdentity identity, Duration timeout) {
        this.timeout = timeout;
        IdentityKeys keys = new IdentityKeys(IdentityCertificate.of(identity));
        IdentityTrust trust = new IdentityTrust(identity.scheme());
        SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
        try {
            client = SslContextBuilder.forClient()
                    .sslProvider(provider)
                    .protocols(PROTOCOL)
                    .keyManager(keys)
                    .trustManager(trust)
                    .endpointIdentificationAlgorithm(null) // peers have ids, not host names
                    .build();
            server = SslContextBuilder.forServer(keys)
                    .sslProvider(provider)
                    .protocols(PROTOCOL)
                    .trustManager(trust)
                    .clientAuth(ClientAuth.REQUIRE)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS of " + identity + " by " + provider, e);
        }
    }

    SslHandler handler(ByteBufAllocator buffers, boolean dialling) {
        SslHandler handler = (dialling ? client : server).newHandler(buffers);
        handler.setHandshakeTimeoutMillis(timeout.toMillis());
        return handler;
    }
}
