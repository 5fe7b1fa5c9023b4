/**
 * The virtual world: hosts with processors and links, and on them nodes with a runtime and an endpoint. Never: threads, files, wall
 * clock, unseeded random numbers, hash-ordered iteration.
 */
@NullMarked
package dev.kilonode.simulator.kernel.virtual;

import org.jspecify.annotations.NullMarked;
