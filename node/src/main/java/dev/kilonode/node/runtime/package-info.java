/** A node's only door to time, timers, processors and chance. May use: nothing of Kilonode. Never: clocks, threads, unseeded randomness. */
@NullMarked
package dev.kilonode.node.runtime;

import org.jspecify.annotations.NullMarked;
