package dev.kilonode.node.link.base;

/** The remote endpoint violated the protocol. Has no stack trace, because a hostile peer decides how many are thrown. */
public final class ProtocolException extends Exception {

    private static final long serialVersionUID = 1;

    public ProtocolException(String message) {
        super(message, null, false, false);
    }
}
