package dev.kilonode.simulator.experiments.suite;

/** A suite cannot be run as requested. The message says what to write instead. */
public final class SuiteException extends RuntimeException {

    public SuiteException(String message) {
        super(message);
    }
}
