/**
 * Pass and fail rules over a run's metrics, and the invariants of its accounts. Rules are shown one window after another, of a run that
 * goes on or of one read back. May use: metrics, scenario's records, dev.kilonode.reports.statistics. Never: clocks, files.
 */
@NullMarked
package dev.kilonode.simulator.run.checks;

import org.jspecify.annotations.NullMarked;
