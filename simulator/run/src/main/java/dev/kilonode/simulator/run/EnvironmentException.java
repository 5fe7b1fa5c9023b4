package dev.kilonode.simulator.run;

/** This machine cannot do what was asked: memory, disk, ports; the message says which and the remedy. Ends with exit code 4. */
public final class EnvironmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EnvironmentException(String message) {
        super(message);
    }

    EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
