package dev.kilonode.simulator.kernel.world;

import dev.kilonode.node.wire.NodeAddress;

/** Somebody on a host who has sockets and keeps to no protocol. On the run's thread; what it holds open is bounded. */
public interface RawPeer {

    /**
     * Sends {@code bytes} to where a node listens: as a datagram, or over a connection of its own.
     *
     * @return false when too much is under way already, so that nothing was sent
     */
    boolean send(NodeAddress target, byte[] bytes);

    /**
     * Begins a connection to where a node listens, and says no more.
     *
     * @return false when too many are under way already, so that none was begun
     */
    boolean beginConnection(NodeAddress target);

    /** Closes all that it holds open. */
    void leave();
}
