/**
 * What a forecast asks: which checks say that a network has broken, and what to vary. May use: dev.kilonode.simulator.scenario,
 * dev.kilonode.node.registry, dev.kilonode.node.transport's settings, dev.kilonode.node.config's units, the records of dev.kilonode.simulator.world, dev.kilonode.reports.forecast. Never: runs, processes, files.
 */
@NullMarked
package dev.kilonode.simulator.experiments.forecast;

import org.jspecify.annotations.NullMarked;
