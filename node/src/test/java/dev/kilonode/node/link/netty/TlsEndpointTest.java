package dev.kilonode.node.link.netty;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.SignatureScheme;

class TlsEndpointTest extends TcpContract {

    @Override
    NodeIdentity identity(int n) {
        byte[] seed = new byte[SignatureScheme.SEED_BYTES];
        seed[0] = (byte) n;
        return NodeIdentity.fromSeed(SignatureScheme.ED25519, seed);
    }
}
