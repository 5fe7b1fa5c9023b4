/**
 * The virtual world: hosts with processors and links, and nodes with a runtime and an endpoint on them. It has no threads, files or wall
 * clock, draws no unseeded random numbers, and iterates over no hash table.
 */
@NullMarked
package dev.kilonode.simulator.kernel.virtual;

import org.jspecify.annotations.NullMarked;
