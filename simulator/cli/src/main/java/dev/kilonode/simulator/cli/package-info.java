/** The command line: flags, commands, exit codes, progress. Never: io.netty. */
@NullMarked
package dev.kilonode.simulator.cli;

import org.jspecify.annotations.NullMarked;
