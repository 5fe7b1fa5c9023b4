package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.lock.AsyncReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Maps peers to channels and channels to peers, with one locking design. Results are passed to a continuation, because a lookup may wait
 * for a lock; the continuation may run before the method returns.
 */
public interface PeerRegistry {

    /** Creates a state machine for one shard's consumer, which records one message at a time. */
    Registrar newRegistrar();

    /** Called when a connection was established; designs that identify peers at the handshake record the peer now. */
    void connected(Connection connection);

    /** Called when a connection has ended: removes it, and the peers that have no other. */
    void disconnected(Connection connection);

    /**
     * Passes {@code then} a channel to {@code peer}: the newest open one; if none is open, the newest closed one, since the peer counts
     * as connected until a send fails; or null if the peer is not connected. Reads the peer map.
     */
    void channelOf(PeerId peer, Consumer<@Nullable Connection> then);

    /** Passes {@code then} the peer known to use {@code connection}, or null. Reads the channel map. */
    void peerOf(Connection connection, Consumer<@Nullable PeerId> then);

    /**
     * Reads the peer map {@code times} times, one after another, as canonical-id checks do. Calls {@code then} at once if no read has to
     * wait.
     */
    default void readPeers(int times, Runnable then) {
        then.run();
    }

    /** Number of peers that count as connected, read without a lock. */
    int peerCount();

    /** Time for which the peer map has been write-locked since the registry was created, in nanoseconds; 0 if it has no lock. */
    default long peersWriteHeldNanos() {
        return 0;
    }

    /** Number of consumers that the design feeds, from 1 to the number of shards. */
    default int consumers(int shards) {
        return shards;
    }

    /** Whether the handshake identifies peers, so that no announce is sent or awaited. */
    default boolean identifiesAtHandshake() {
        return false;
    }

    /**
     * Passes the contents of both maps to {@code visitor}, without taking a lock, so that a run can compare them with the connections of
     * the endpoint. It must not change anything. On the node's thread.
     *
     * @return false if this design cannot enumerate its maps; the run then reports that it does not watch them
     */
    default boolean enumerate(RegistryVisitor visitor) {
        return false;
    }

    /** Passes each lock of the design to {@code visitor}, so that a run notices a waiter that is never served. */
    default void forEachLock(Consumer<AsyncReadWriteLock> visitor) {}

    /** Whether the counters of the design's locks agree with their queues; checked at every window. */
    default boolean invariantsHold() {
        return true;
    }

    /** Records, for every signed message, that a peer sent it on a connection. One message at a time. */
    interface Registrar {

        /** @param then called once the message may be passed on */
        void record(Connection connection, PeerId peer, boolean client, Runnable then);
    }

    /** Listens to peers that connect and disconnect. */
    interface Listener {

        /** A peer has got its first channel. */
        void peerConnected(PeerId peer, Connection connection, boolean client);

        /** A peer has lost its last channel. */
        void peerDisconnected(PeerId peer);
    }
}
