package dev.kilonode.node.link.tls;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;
import javax.net.ssl.X509ExtendedKeyManager;

/** A certificate on P-256, for TLS that is not ours. */
public final class TestKeys {

    public static X509ExtendedKeyManager keys() {
        NodeIdentity identity = NodeIdentity.fromSeed(SignatureScheme.ED25519, new byte[SignatureScheme.SEED_BYTES]);
        return new TlsKeySource(TlsIdentity.of(identity));
    }

    private TestKeys() {}
}
