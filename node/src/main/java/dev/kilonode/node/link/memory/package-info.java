/**
 * A link between the endpoints of one process: frames pass from one node's thread to another's through bounded queues. It does not use
 * Netty's LocalChannel, which stalls when both ends share an event loop. It has no sockets or threads.
 */
@NullMarked
package dev.kilonode.node.link.memory;

import org.jspecify.annotations.NullMarked;
