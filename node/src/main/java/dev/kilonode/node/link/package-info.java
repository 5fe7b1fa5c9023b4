/**
 * A node's socket side as the node sees it: what dials, accepts, sends frames and knows connections. Never: the protocols above;
 * sockets, io.netty.
 */
@NullMarked
package dev.kilonode.node.link;

import org.jspecify.annotations.NullMarked;
