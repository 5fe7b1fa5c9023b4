/**
 * The interface of a node to its link: dials, accepted connections, frames. It has no sockets, does not use Netty, and does not depend on
 * the protocols above.
 */
@NullMarked
package dev.kilonode.node.link;

import org.jspecify.annotations.NullMarked;
