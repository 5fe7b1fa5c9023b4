/**
 * Authentication of TLS and QUIC connections: certificates, keys, and the binding of a TLS key to the node's identity. It opens no
 * connections.
 */
@NullMarked
package dev.kilonode.node.link.tls;

import org.jspecify.annotations.NullMarked;
