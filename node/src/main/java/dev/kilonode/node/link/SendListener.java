package dev.kilonode.node.link;

/** Gets the result of a send, once. */
public interface SendListener {

    /** The remote transport has received the whole frame, which need not have been read or handled. */
    void acknowledged();

    /** The frame was not acknowledged in time, or the connection is closed. */
    void sendFailed();

    /**
     * Whether the sender waits for {@link #acknowledged}. If false, an endpoint may omit that call, so that in virtual time the
     * acknowledgement costs no event; {@link #sendFailed} is called in any case.
     */
    default boolean wantsAcknowledgement() {
        return true;
    }

    /**
     * Whether the sender tries another peer after a failure and so needs to know it soon. Otherwise a failure only shows that the
     * connection is broken and may be reported two seconds later.
     */
    default boolean triesElsewhere() {
        return true;
    }
}
