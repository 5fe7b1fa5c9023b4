package dev.kilonode.node.link.base;

/** This machine lacks what a link needs: a port, an address, a native library. The message names it and the remedy. */
public final class LinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LinkException(String message) {
        super(message);
    }

    public LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
