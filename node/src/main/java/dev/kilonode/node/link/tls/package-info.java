/**
 * How TLS and QUIC connections prove a node's identity: certificates, keys, and the binding of a TLS key to the identity. May use:
 * link.base, identity, io.netty, org.bouncycastle (certificates). Never: connections.
 */
@NullMarked
package dev.kilonode.node.link.tls;

import org.jspecify.annotations.NullMarked;
