/**
 * The metrics of a run: their definitions, and counters and histograms by window, in bounded memory. It has no clocks, files or threads.
 */
@NullMarked
package dev.kilonode.metrics;

import org.jspecify.annotations.NullMarked;
