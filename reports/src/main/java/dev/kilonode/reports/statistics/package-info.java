/**
 * Detects whether a run degrades, from its windows alone: blocks, change shapes, and a likelihood ratio test that accounts for
 * autocorrelation. Results are numbers or text, never NaN. Never: files, nodes, scenarios, clocks, random numbers.
 */
@NullMarked
package dev.kilonode.reports.statistics;

import org.jspecify.annotations.NullMarked;
