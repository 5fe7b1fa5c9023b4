/**
 * Wall time: the same nodes on the machine's clock, on a few threads that also drive their sockets, with real signatures on worker
 * threads. A link carries their frames. May use: engine, world, and node's runtime, link, link.base, link.netty, link.provider, wire, identity,
 * config. Never: files, unseeded chance.
 */
@NullMarked
package dev.kilonode.simulator.wall;

import org.jspecify.annotations.NullMarked;
