/**
 * Shared parts of the links on Netty: event loops, and timers for everything on one loop. It depends on no particular link and on no
 * protocol above.
 */
@NullMarked
package dev.kilonode.node.link.netty;

import org.jspecify.annotations.NullMarked;
