/**
 * Compares published values of the network with results of simulated runs: targets, their file, and the verdict on each. It starts no runs.
 */
@NullMarked
package dev.kilonode.simulator.experiments.evidence;

import org.jspecify.annotations.NullMarked;
