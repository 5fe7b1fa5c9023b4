package dev.kilonode.node.dispatch;

import dev.kilonode.node.wire.NodeAddress;

/**
 * A dispatch design: under which name scenarios ask for it, and which shard takes a source's messages. The built-in designs are
 * {@link DispatchDesign}; others are found by {@link java.util.ServiceLoader}, see {@code docs/plugins.md}. Stateless: it serves
 * all nodes of a run.
 */
public interface DispatchProvider {

    /** The name that scenarios write as {@code transport.dispatch}: letters, digits, dots, dashes and underscores. */
    String label();

    /**
     * The shard of a source, always the same for the same arguments: asked for every message, and again when one is reported
     * lost. A connection keeps its source, and so its messages their order.
     *
     * @param source where the connection that the message came on leads: its remote IP address and port
     * @param shards how many there are: as many as the registry's design feeds, so only one for one consumer
     * @return 0 to {@code shards - 1}
     */
    int shardOf(NodeAddress source, int shards);
}
