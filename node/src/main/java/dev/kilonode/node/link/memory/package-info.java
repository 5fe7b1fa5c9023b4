/**
 * A link between the endpoints of one process: frames pass from one node's thread to another's through bounded queues, without sockets.
 * Does not use Netty's LocalChannel, which stalls when both ends share an event loop. Never: sockets, io.netty, threads of its own.
 */
@NullMarked
package dev.kilonode.node.link.memory;

import org.jspecify.annotations.NullMarked;
