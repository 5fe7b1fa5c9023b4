/**
 * The plan of a run by host number: immutable data that follows from the scenario and the seed. It has no world, files, clocks or threads.
 */
@NullMarked
package dev.kilonode.simulator.run.plan;

import org.jspecify.annotations.NullMarked;
