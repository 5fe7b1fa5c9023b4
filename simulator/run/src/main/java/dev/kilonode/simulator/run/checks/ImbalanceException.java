package dev.kilonode.simulator.run.checks;

/** Thrown when counters violate an invariant: a bug in Kilonode, which ends the run. */
public final class ImbalanceException extends RuntimeException {
    public ImbalanceException(String message) {
        super(message);
    }
}
