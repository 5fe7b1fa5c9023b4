/** Executes one run, from the scenario to the run directory. */
@NullMarked
package dev.kilonode.simulator.run.harness;

import org.jspecify.annotations.NullMarked;
