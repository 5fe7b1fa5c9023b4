/**
 * Forecasts: the checks that define when a network has broken, and the variations to run. May use: dev.kilonode.simulator.scenario,
 * dev.kilonode.node.registry, dev.kilonode.node.transport's settings, dev.kilonode.node.config's units, dev.kilonode.simulator.settings,
 * dev.kilonode.reports.forecast. Never: runs, processes, files.
 */
@NullMarked
package dev.kilonode.simulator.experiments.forecast;

import org.jspecify.annotations.NullMarked;
