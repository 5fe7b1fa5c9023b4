/**
 * A node's socket side: what dials, accepts, sends frames and knows connections. May use: runtime, wire, identity. Never:
 * the protocols above; io.netty outside link.netty.
 */
@NullMarked
package dev.kilonode.node.link;

import org.jspecify.annotations.NullMarked;
