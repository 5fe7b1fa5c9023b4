package dev.kilonode.simulator.cli;

/** A command line that is wrong; the message says what to write. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
