/**
 * Published values of the network compared with results of simulated runs: targets, their file, and the verdict on each. May use:
 * harness, metrics, dev.kilonode.reports.run, dev.kilonode.reports.statistics, dev.kilonode.reports.story, scenario,
 * dev.kilonode.node.config's units. Never: running anything.
 */
@NullMarked
package dev.kilonode.simulator.experiments.evidence;

import org.jspecify.annotations.NullMarked;
