package dev.kilonode.simulator.cli;

import org.jspecify.annotations.Nullable;

/** A command of the command line. */
interface Command<F extends CommonFlags> {
    String name();

    /** Operands in the help text, such as {@code FILE...}. */
    String operands();

    /** One line that says what the command does. */
    String summary();

    F newFlags();

    /**
     * Runs the command.
     *
     * @return the result; null if the output says everything and nothing went wrong
     */
    @Nullable
    CommandResult run(F flags, Console console) throws Exception;
}
