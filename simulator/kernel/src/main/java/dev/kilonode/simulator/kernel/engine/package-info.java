/** The virtual-time engine: clock, event queue, seeds and digest. It has no threads, files or wall clock. */
@NullMarked
package dev.kilonode.simulator.kernel.engine;

import org.jspecify.annotations.NullMarked;
