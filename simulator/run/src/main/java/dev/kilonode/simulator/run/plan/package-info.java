/**
 * What a run is going to do, by the numbers of its hosts: immutable data that follows from the scenario and the seed. Never: a world,
 * files, clocks, threads.
 */
@NullMarked
package dev.kilonode.simulator.run.plan;

import org.jspecify.annotations.NullMarked;
