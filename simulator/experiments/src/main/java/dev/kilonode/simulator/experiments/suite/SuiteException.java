package dev.kilonode.simulator.experiments.suite;

/** A suite that cannot be run as asked for. The message says what to write instead. */
public final class SuiteException extends RuntimeException {

    public SuiteException(String message) {
        super(message);
    }
}
