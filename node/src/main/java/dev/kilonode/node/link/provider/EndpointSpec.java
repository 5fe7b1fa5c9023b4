package dev.kilonode.node.link.provider;

import dev.kilonode.node.identity.NodeIdentity;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.base.LinkConfig;
import dev.kilonode.node.link.netty.SocketLoops;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is opened with.
 *
 * @param address where it listens
 * @param peer the node's identity
 * @param keys the keys of that identity; null if the run does not compute signatures
 * @param nodeThread runs tasks on the node's thread, as {@link dev.kilonode.node.link.base.AbstractEndpoint} wants it
 * @param runtime the node's runtime
 * @param config limits and time-outs
 * @param loops the event loop for sockets of the node, driven by the node's thread
 */
public record EndpointSpec(
        NodeAddress address,
        PeerId peer,
        @Nullable NodeIdentity keys,
        Executor nodeThread,
        NodeRuntime runtime,
        LinkConfig config,
        SocketLoops loops) {

    /**
     * The keys, for a link that cannot work without them.
     *
     * @param label of the link, for the message
     */
    public NodeIdentity requiredKeys(String label) {
        if (keys == null) throw new IllegalStateException("link " + label + " needs keys, " + peer + " has none");
        return keys;
    }
}
