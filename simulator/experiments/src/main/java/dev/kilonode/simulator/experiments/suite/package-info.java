/**
 * Starts, watches, stops and counts the runs of a suite, each in its own process. It knows a run only by its command line and its exit
 * code.
 */
@NullMarked
package dev.kilonode.simulator.experiments.suite;

import org.jspecify.annotations.NullMarked;
