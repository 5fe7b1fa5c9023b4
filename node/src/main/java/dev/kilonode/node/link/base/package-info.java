/**
 * What all endpoints in wall time share: the table of connections, dials, acknowledgements, time-outs and bounds. Each endpoint is one
 * state machine on its node's thread; a FrameChannel carries the frames. Never: sockets, io.netty, the protocols above.
 */
@NullMarked
package dev.kilonode.node.link.base;

import org.jspecify.annotations.NullMarked;
