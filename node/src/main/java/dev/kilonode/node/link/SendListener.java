package dev.kilonode.node.link;

/** Told once what became of a frame. */
public interface SendListener {

    /** The other end's transport has received the whole frame; says nothing about it being read or handled. */
    void acknowledged();

    /** Not acknowledged in time, or the connection is closed. */
    void sendFailed();

    /**
     * Whether {@link #acknowledged} is waited for. An endpoint may leave that call out when this is false, so that in virtual
     * time a frame that arrives costs no event for its acknowledgement; {@link #sendFailed} is told in any case.
     */
    default boolean wantsAcknowledgement() {
        return true;
    }

    /**
     * Whether somebody does something else when it fails, and so wants to hear of it soon; otherwise a failure only says that the
     * connection is broken, and may be told two seconds later.
     */
    default boolean triesElsewhere() {
        return true;
    }
}
