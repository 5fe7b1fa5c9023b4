package dev.kilonode.simulator.run.checks;

/** An account that does not balance: a bug in Kilonode, and the end of the run. */
public final class ImbalanceException extends RuntimeException {
    public ImbalanceException(String message) {
        super(message);
    }
}
