/** The command line: flags, commands, exit codes, progress. It does not use Netty. */
@NullMarked
package dev.kilonode.simulator.cli;

import org.jspecify.annotations.NullMarked;
