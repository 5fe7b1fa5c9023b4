/** Evaluates pass/fail rules on a run's metrics, one window after another, for running and recorded runs. It has no clocks or files. */
@NullMarked
package dev.kilonode.simulator.run.checks;

import org.jspecify.annotations.NullMarked;
