/**
 * The links {@code tcp} and {@code tls}: records over one TCP connection, several frames at a time. May use: link, link.base,
 * link.netty, link.tls, link.provider, config, wire, identity, runtime, io.netty. Never: the protocols above.
 */
@NullMarked
package dev.kilonode.node.link.tcp;

import org.jspecify.annotations.NullMarked;
