/**
 * The metric catalogue and its windows: counters and distributions, bounded in memory. May use: dev.kilonode.node.observe,
 * wire. Never: clocks, files.
 */
@NullMarked
package dev.kilonode.simulator.metrics;

import org.jspecify.annotations.NullMarked;
