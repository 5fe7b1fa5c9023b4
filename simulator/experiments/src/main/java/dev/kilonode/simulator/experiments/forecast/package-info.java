/** Forecasts: the checks that define when a network has failed, and the variations to run. It starts no runs and has no files. */
@NullMarked
package dev.kilonode.simulator.experiments.forecast;

import org.jspecify.annotations.NullMarked;
