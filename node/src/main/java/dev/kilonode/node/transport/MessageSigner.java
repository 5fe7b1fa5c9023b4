package dev.kilonode.node.transport;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.Message;

/** Makes signed frames of this node's messages, and believes or refuses the frames of others. */
public interface MessageSigner {

    /** Who signs. */
    PeerId self();

    /** Size of the frame that {@code message} will be sealed in, in bytes. */
    int sizeOf(Message message);

    /** Signs and encodes. Called as the computation of {@code SIGN} work, possibly on another thread. */
    Frame seal(Message message, boolean client, long unixSeconds);

    /**
     * Decodes and verifies: well-formed, signed by the key it carries, sent by the peer whose id is that key's hash. Called
     * as the computation of {@code VERIFY} work, possibly on another thread. Does not judge the time stamp.
     *
     * @throws RefusedException with the cause
     */
    Envelope open(Frame frame) throws RefusedException;
}
