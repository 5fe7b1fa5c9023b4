/**
 * Whether a run gets worse, from its windows alone: blocks, slope, rank test, onset. Every answer is a number or words, never NaN.
 * May use: Commons Statistics. Never: files, nodes, scenarios, clocks, chance.
 */
@NullMarked
package dev.kilonode.reports.statistics;

import org.jspecify.annotations.NullMarked;
