package dev.kilonode.simulator.kernel.world;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * A node, client or malicious peer to run on a host.
 *
 * @param name names the node's random stream; unique in the run, so a restarted node needs a new one
 * @param self the peer that the endpoint's handshake certificate is bound to
 * @param keys that peer's keys, or null where the cost of signatures is simulated
 * @param client whether it is a client, for the counts of connections
 * @param reads whether it reads from its connections; if not, it stops after the first message, see {@link
 *     dev.kilonode.simulator.settings.Capability#STOP_READING}
 */
public record NodeSpec(String name, PeerId self, @Nullable NodeIdentity keys, boolean client, boolean reads) {

    public NodeSpec(String name, PeerId self, @Nullable NodeIdentity keys, boolean client) {
        this(name, self, keys, client, true);
    }
}
