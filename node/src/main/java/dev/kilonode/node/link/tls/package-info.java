/**
 * How TLS and QUIC connections prove a node's identity: certificates, keys, and the binding of a TLS key to the identity. Never:
 * connections.
 */
@NullMarked
package dev.kilonode.node.link.tls;

import org.jspecify.annotations.NullMarked;
