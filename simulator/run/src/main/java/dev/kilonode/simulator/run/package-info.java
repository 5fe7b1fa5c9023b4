/** The API of a run: request, runner, result; and the watchdog that ends a run that hangs. */
@NullMarked
package dev.kilonode.simulator.run;

import org.jspecify.annotations.NullMarked;
