package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.Message;

/** Handles the requests and notices of one topic. */
public interface MessageHandler {

    /**
     * Handles one message; its processor time has been charged already.
     *
     * @param done to be called once, when the permit may take the next message
     */
    void handle(PeerId from, Message message, Runnable done);
}
