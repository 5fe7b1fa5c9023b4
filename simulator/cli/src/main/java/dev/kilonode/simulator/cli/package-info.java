/** The command line: flags, commands, exit codes, progress. May use: scenario, harness, engine, suite, wall, plugin, costs, forecast, evidence, world's records, dev.kilonode.node.link, dev.kilonode.reports. Never: io.netty. */
@NullMarked
package dev.kilonode.simulator.cli;

import org.jspecify.annotations.NullMarked;
