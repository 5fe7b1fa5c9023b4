/** Time, timers, processors and randomness of a node; a node gets them from nowhere else. Never: clocks, threads, unseeded randomness. */
@NullMarked
package dev.kilonode.node.runtime;

import org.jspecify.annotations.NullMarked;
