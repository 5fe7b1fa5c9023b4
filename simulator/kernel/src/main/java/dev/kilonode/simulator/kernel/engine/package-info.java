/** Virtual-time engine: owns the clock, the order of events, seeds and the digest. Never: threads, files, wall clock. */
@NullMarked
package dev.kilonode.simulator.kernel.engine;

import org.jspecify.annotations.NullMarked;
