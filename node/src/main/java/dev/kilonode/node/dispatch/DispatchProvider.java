package dev.kilonode.node.dispatch;

import dev.kilonode.node.wire.NodeAddress;

/**
 * A dispatch design: its name in scenarios, and the function that assigns a source to a shard. The built-in designs are {@link
 * DispatchDesign}; others are found by {@link java.util.ServiceLoader}, see {@code docs/plugins.md}. A provider is stateless: one
 * instance serves all nodes of a run.
 */
public interface DispatchProvider {

    /** The value of {@code transport.dispatch} in scenarios: letters, digits, dots, dashes and underscores. */
    String label();

    /**
     * Whether nodes share no state that changes: no static field, no field of the provider. Only then are the nodes of a run in virtual time
     * distributed over several threads, with the same results as on one.
     */
    default boolean isStatePerNode() {
        return false;
    }

    /**
     * The shard of a source. The result depends on the arguments only: it is computed for every message, and again when a message is
     * reported lost. All messages of a connection have the same source, so they keep their order.
     *
     * @param source the remote IP address and port of the connection that delivered the message
     * @param shards number of shards that the registry design feeds; 1 for a single consumer
     * @return 0 to {@code shards - 1}
     */
    int shardOf(NodeAddress source, int shards);
}
