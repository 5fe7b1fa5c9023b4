package dev.kilonode.node.link.netty;

/** The other end has sent what no honest end sends. Without a stack, because a hostile peer decides how many there are. */
final class ProtocolException extends Exception {

    private static final long serialVersionUID = 1;

    ProtocolException(String message) {
        super(message, null, false, false);
    }
}
