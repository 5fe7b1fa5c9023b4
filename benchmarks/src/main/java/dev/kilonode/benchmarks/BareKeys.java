package dev.kilonode.benchmarks;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import dev.kilonode.node.link.tls.TlsIdentity;
import dev.kilonode.node.link.tls.TlsKeySource;
import javax.net.ssl.X509ExtendedKeyManager;

/** A key and a certificate on P-256, for bare Netty's TLS and QUIC. */
final class BareKeys {

    static X509ExtendedKeyManager create() {
        NodeIdentity identity = NodeIdentity.fromSeed(SignatureScheme.ED25519, new byte[SignatureScheme.SEED_BYTES]);
        return new TlsKeySource(TlsIdentity.of(identity));
    }

    private BareKeys() {}
}
