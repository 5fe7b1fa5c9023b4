/** The API of a run: request, runner, result. It also contains the watchdog that ends a run without progress. */
@NullMarked
package dev.kilonode.simulator.run;

import org.jspecify.annotations.NullMarked;
