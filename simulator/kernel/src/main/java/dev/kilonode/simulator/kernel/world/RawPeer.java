package dev.kilonode.simulator.kernel.world;

import dev.kilonode.node.wire.NodeAddress;

/** A peer with sockets that keeps to no protocol. On the run's thread; the number of its open connections is bounded. */
public interface RawPeer {

    /**
     * Sends {@code bytes} to where a node listens: as a datagram, or over a connection of its own.
     *
     * @return false when too much is under way already, so that nothing was sent
     */
    boolean send(NodeAddress target, byte[] bytes);

    /**
     * Begins a connection to where a node listens, and never completes the handshake.
     *
     * @return false when too many are under way already, so that none was begun
     */
    boolean beginConnection(NodeAddress target);

    /** Closes its sockets and connections. */
    void leave();
}
