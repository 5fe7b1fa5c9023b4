/** Pass and fail rules over a run's metrics, and the invariants of its accounts. May use: metrics, scenario's records. Never: clocks, files. */
@NullMarked
package dev.kilonode.simulator.checks;

import org.jspecify.annotations.NullMarked;
