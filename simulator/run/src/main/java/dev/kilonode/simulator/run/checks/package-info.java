/** Pass/fail rules on a run's metrics. Rules get one window after another, of a running run or of one read back. Never: clocks, files. */
@NullMarked
package dev.kilonode.simulator.run.checks;

import org.jspecify.annotations.NullMarked;
