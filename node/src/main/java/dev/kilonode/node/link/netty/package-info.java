/**
 * Endpoints on real sockets, on Netty's event loops; everything that touches a socket, a thread or a native library is here.
 * May use: link, config, wire, identity, runtime, io.netty, org.bouncycastle (certificates). Never: the protocols above.
 */
@NullMarked
package dev.kilonode.node.link.netty;

import org.jspecify.annotations.NullMarked;
