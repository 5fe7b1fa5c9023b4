/**
 * Pass/fail rules on a run's metrics. Rules get one window after another, of a running run or of one read back. May use: metrics,
 * scenario's records, dev.kilonode.reports.statistics. Never: clocks, files.
 */
@NullMarked
package dev.kilonode.simulator.run.checks;

import org.jspecify.annotations.NullMarked;
