/**
 * The time, timers, processors and randomness of a node. A node has no other source of them. The package has no clocks, threads or unseeded
 * randomness.
 */
@NullMarked
package dev.kilonode.node.runtime;

import org.jspecify.annotations.NullMarked;
