package dev.kilonode.simulator.checks;

/** An account that does not balance: a bug in Kilonode, and the end of the run. */
public final class AccountsException extends RuntimeException {
    public AccountsException(String message) {
        super(message);
    }
}
