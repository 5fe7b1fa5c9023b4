/** Forecasts: the checks that define when a network has broken, and the variations to run. Never: runs, processes, files. */
@NullMarked
package dev.kilonode.simulator.experiments.forecast;

import org.jspecify.annotations.NullMarked;
