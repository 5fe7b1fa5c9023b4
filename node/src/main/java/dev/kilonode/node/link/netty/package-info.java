/** What the links on Netty share: event loops, and timers for everything on one loop. Never: a particular protocol, the protocols above. */
@NullMarked
package dev.kilonode.node.link.netty;

import org.jspecify.annotations.NullMarked;
