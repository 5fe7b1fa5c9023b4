/** The API of a run: what to run, who runs it, how it ended; and what ends a run that does not end by itself. */
@NullMarked
package dev.kilonode.simulator.run;

import org.jspecify.annotations.NullMarked;
