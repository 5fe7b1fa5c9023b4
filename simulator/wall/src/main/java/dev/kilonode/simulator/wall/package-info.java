/**
 * The world in real time: nodes on a few event loops that also drive their sockets, signatures on worker threads, faults between nodes
 * and links, and samplers of the machine. May use: engine, world, settings, metrics, and node's runtime, link, link.base, link.provider, wire, identity,
 * config. Never: files, unseeded chance.
 */
@NullMarked
package dev.kilonode.simulator.wall;

import org.jspecify.annotations.NullMarked;
