package dev.kilonode.simulator.wall;

/** This machine does not offer what a link needs: a port, an address, a native library. The message says which and the remedy. */
public final class LinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LinkException(String message) {
        super(message);
    }

    LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
