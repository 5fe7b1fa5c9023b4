/** One run from scenario to run directory. */
@NullMarked
package dev.kilonode.simulator.run.harness;

import org.jspecify.annotations.NullMarked;
