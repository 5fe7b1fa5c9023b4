/**
 * One run from scenario to run directory. May use: every package of the simulator but cli, metrics, dev.kilonode.node,
 * dev.kilonode.reports.
 */
@NullMarked
package dev.kilonode.simulator.run.harness;

import org.jspecify.annotations.NullMarked;
