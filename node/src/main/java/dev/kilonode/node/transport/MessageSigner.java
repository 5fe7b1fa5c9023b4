package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.Message;

/** Makes signed frames of this node's messages, and verifies the frames of others. */
public interface MessageSigner {

    /** Id of the signing node. */
    PeerId self();

    /** Size in bytes of the frame that {@link #seal} makes of {@code message}. */
    int sizeOf(Message message);

    /** Signs and encodes. Called as the computation of {@code SIGN} work, possibly on another thread. */
    Frame seal(Message message, boolean client, long unixSeconds);

    /**
     * Decodes a frame and verifies that it is well-formed, signed by the key it carries, and sent by the peer whose id is that key's
     * hash. Called as the computation of {@code VERIFY} work, possibly on another thread. Does not check the time stamp.
     *
     * @throws RefusedException with the cause
     */
    Envelope open(Frame frame) throws RefusedException;
}
