package dev.kilonode.cluster.namespaces;

import java.util.List;

/** A command that builds a network did not succeed. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailedException(List<String> command, String said) {
        super(String.join(" ", command) + ": " + said);
    }
}
