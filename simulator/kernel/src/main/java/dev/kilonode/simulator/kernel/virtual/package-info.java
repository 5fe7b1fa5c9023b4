/**
 * The virtual world: hosts with processors and links, and on them nodes with a runtime and an endpoint. May use: engine, and
 * node's runtime, link, wire, identity, config. Never: threads, files, wall clock, unseeded chance, hash-ordered iteration.
 */
@NullMarked
package dev.kilonode.simulator.kernel.virtual;

import org.jspecify.annotations.NullMarked;
