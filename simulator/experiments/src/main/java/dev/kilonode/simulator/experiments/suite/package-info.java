/**
 * A suite of runs, each in a process of its own: start, watch, stop, count. Never: nodes, engines, scenarios; a run is known by its
 * command line and its exit code.
 */
@NullMarked
package dev.kilonode.simulator.experiments.suite;

import org.jspecify.annotations.NullMarked;
