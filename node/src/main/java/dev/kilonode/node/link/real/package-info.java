/**
 * What all endpoints in wall time share, whatever carries their frames: the table of connections, dials, acknowledgements,
 * time-outs, bounds. One state machine a node, on the node's own thread; what carries the frames is a Line. May use: link,
 * runtime, wire, identity, config. Never: sockets, io.netty, the protocols above.
 */
@NullMarked
package dev.kilonode.node.link.real;

import org.jspecify.annotations.NullMarked;
