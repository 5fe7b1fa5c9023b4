package dev.kilonode.simulator.cli;

import org.jspecify.annotations.Nullable;

/** One command of the command line. */
interface Command<F extends CommonFlags> {
    String name();

    /** What follows the name, such as {@code FILE...}. */
    String operands();

    /** What it does, in a line. */
    String summary();

    F newFlags();

    /** The verdict; null when the output says it all and nothing went wrong. */
    @Nullable
    CommandResult run(F flags, Console console) throws Exception;
}
