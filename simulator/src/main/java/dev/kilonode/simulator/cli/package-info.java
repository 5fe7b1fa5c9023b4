/** The command line: flags, commands, exit codes, progress. May use: dev.kilonode.simulator.scenario. Never: io.netty; running a network other than through Runner. */
@NullMarked
package dev.kilonode.simulator.cli;

import org.jspecify.annotations.NullMarked;
