package dev.kilonode.simulator.run;

/**
 * This machine cannot do what was requested, for lack of memory, disk, ports and the like; the message names the cause and the remedy.
 * Leads to exit code 4.
 */
public final class EnvironmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EnvironmentException(String message) {
        super(message);
    }

    EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
