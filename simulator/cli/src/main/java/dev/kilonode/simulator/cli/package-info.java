/**
 * The command line: flags, commands, exit codes, progress. May use: scenario, settings, plugins, run, experiments, wall,
 * dev.kilonode.reports. Never: io.netty.
 */
@NullMarked
package dev.kilonode.simulator.cli;

import org.jspecify.annotations.NullMarked;
