/**
 * Published values of the network compared with results of simulated runs: targets, their file, and the verdict on each. Never: running
 * anything.
 */
@NullMarked
package dev.kilonode.simulator.experiments.evidence;

import org.jspecify.annotations.NullMarked;
