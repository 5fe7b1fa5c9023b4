/**
 * Shared parts of all endpoints in wall time: the table of connections, dials, acknowledgements, time-outs and limits. Each endpoint is a
 * state machine on its node's thread; a FrameChannel carries the frames. The package has no sockets, does not use Netty, and does not
 * depend on the protocols above.
 */
@NullMarked
package dev.kilonode.node.link.base;

import org.jspecify.annotations.NullMarked;
