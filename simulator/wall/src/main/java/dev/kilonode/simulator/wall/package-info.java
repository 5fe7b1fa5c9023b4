/**
 * Wall time: the same nodes on real time, all on one thread, with real signatures on a few workers and what carries their
 * frames on threads of its own. May use: engine, world, and node's runtime, link, link.memory, link.real, link.netty, wire, identity,
 * config. Never: files, unseeded chance.
 */
@NullMarked
package dev.kilonode.simulator.wall;

import org.jspecify.annotations.NullMarked;
