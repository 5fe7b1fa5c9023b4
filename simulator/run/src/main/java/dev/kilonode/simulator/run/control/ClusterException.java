package dev.kilonode.simulator.run.control;

/** The control plane cannot be had: a port in use, a coordinator that does not answer, a certificate that is refused. Says what to do. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ClusterException(String message) {
        super(message);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
