/** The metrics of a run: their definitions, and counters and histograms by window, bounded in memory. Never: clocks, files, threads. */
@NullMarked
package dev.kilonode.metrics;

import org.jspecify.annotations.NullMarked;
