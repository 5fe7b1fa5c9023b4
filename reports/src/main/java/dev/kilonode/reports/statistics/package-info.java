/**
 * Whether a run gets worse, from its windows alone: blocks, shapes of a change, a likelihood ratio that knows autocorrelation. Every answer is a number or words, never NaN.
 * May use: Commons Statistics. Never: files, nodes, scenarios, clocks, chance.
 */
@NullMarked
package dev.kilonode.reports.statistics;

import org.jspecify.annotations.NullMarked;
