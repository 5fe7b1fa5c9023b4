package dev.kilonode.simulator.kernel.world;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Which node, client or malicious peer a host is to run.
 *
 * @param name names the node's random stream; unique in the run, so a restarted node needs a new one
 * @param self the peer that the endpoint's handshake certificate is bound to
 * @param keys that peer's keys, or null where signatures are charged and not computed
 * @param client whether it is a client, for the accounts of connections
 * @param reads whether it reads from its connections; one that does not stops after a first message, see {@link
 *     dev.kilonode.simulator.settings.Capability#STOP_READING}
 */
public record NodeSpec(String name, PeerId self, @Nullable NodeIdentity keys, boolean client, boolean reads) {

    public NodeSpec(String name, PeerId self, @Nullable NodeIdentity keys, boolean client) {
        this(name, self, keys, client, true);
    }
}
