/**
 * Comparisons of runs: two groups, a run with a committed baseline, or many runs in order of time. The unit of observation is the run
 * (in virtual time the seed), because windows of one run are not independent. Never: HTML, pictures, sockets.
 */
@NullMarked
package dev.kilonode.reports.compare;

import org.jspecify.annotations.NullMarked;
