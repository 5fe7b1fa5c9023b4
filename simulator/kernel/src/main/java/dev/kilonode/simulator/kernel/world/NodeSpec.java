package dev.kilonode.simulator.kernel.world;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Who is to live at a place.
 *
 * @param name names the node's random stream; unique in the run, so a restarted node needs a new one
 * @param self the peer that the endpoint's handshake certificate is bound to
 * @param keys that peer's keys, or null where signatures are charged and not computed
 * @param client whether it is a client, for the accounts of connections
 * @param deaf whether it never reads from its connections, but for a first message; in wall time only
 */
public record NodeSpec(String name, PeerId self, @Nullable NodeIdentity keys, boolean client, boolean deaf) {

    public NodeSpec(String name, PeerId self, @Nullable NodeIdentity keys, boolean client) {
        this(name, self, keys, client, false);
    }
}
