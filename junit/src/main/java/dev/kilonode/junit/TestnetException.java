package dev.kilonode.junit;

/** A scenario that could not be run; the message says where it is wrong, what was found and what to write. */
public final class TestnetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TestnetException(String message, Throwable cause) {
        super(message, cause);
    }
}
