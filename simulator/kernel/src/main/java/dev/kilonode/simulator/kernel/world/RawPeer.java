package dev.kilonode.simulator.kernel.world;

import dev.kilonode.node.wire.NodeAddress;

/** A peer that opens sockets but follows no protocol. Called on the run's thread. The number of its open connections is limited. */
public interface RawPeer {

    /**
     * Sends {@code bytes} to the address of a node: as a datagram, or over a connection of its own.
     *
     * @return false if the limit is reached and nothing was sent
     */
    boolean send(NodeAddress target, byte[] bytes);

    /**
     * Opens a connection to the address of a node and never completes the handshake.
     *
     * @return false if the limit is reached and no connection was opened
     */
    boolean beginConnection(NodeAddress target);

    /** Closes its sockets and connections. */
    void leave();
}
