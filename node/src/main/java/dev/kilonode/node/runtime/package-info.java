/**
 * Time, timers, processors and randomness of a node; a node gets them from nowhere else. May use: nothing of Kilonode. Never: clocks,
 * threads, unseeded randomness.
 */
@NullMarked
package dev.kilonode.node.runtime;

import org.jspecify.annotations.NullMarked;
