package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Peer to channels and channel to peers, behind one locking design. Answers come by continuation, because they may have to
 * wait for a lock; a continuation may be called before the method returns.
 */
public interface PeerRegistry {

    /** A fresh state machine for one shard's consumer, which records one message at a time. */
    Registrar newRegistrar();

    /** A connection came up; designs that identify at the handshake record its peer now. */
    void connected(Connection connection);

    /** A connection has ended: forgets it, and the peers that have no other. */
    void disconnected(Connection connection);

    /**
     * A channel to {@code peer}, or null when it is not connected: the newest open one. Where a peer is believed to be
     * connected and none of its channels is open, the newest closed one: only a failed send corrects the belief. Reads the
     * peer map.
     */
    void channelOf(PeerId peer, Consumer<@Nullable Connection> then);

    /** Who is known to speak on {@code connection}, or null. Reads the channel map. */
    void peerOf(Connection connection, Consumer<@Nullable PeerId> then);

    /** Reads the peer map {@code times} times, one after another, as canonical-id checks do: at once where reading waits for nothing. */
    default void readPeers(int times, Runnable then) {
        then.run();
    }

    /** Peers believed to be connected: what a status page would show, without a lock. */
    int peerCount();

    /** Time for which the peer map has been write-locked since the registry was made; 0 where it has no lock. */
    default long peersWriteHeldNanos() {
        return 0;
    }

    /** How many consumers the design feeds, from 1 to as many as there are shards. */
    default int consumers(int shards) {
        return shards;
    }

    /** Whether peers are known from the handshake, so that no announce is sent or waited for. */
    default boolean identifiesAtHandshake() {
        return false;
    }

    /** Whether the accounts of the design's locks agree with their queues; asked at every window. */
    default boolean invariantsHold() {
        return true;
    }

    /** Records, for every signed message, that a peer spoke on a connection. One message at a time. */
    interface Registrar {

        /** @param then called once the message may be handed on */
        void record(Connection connection, PeerId peer, boolean client, Runnable then);
    }

    /** Told of peers that come and go. */
    interface Listener {

        /** First channel of a peer. */
        void peerConnected(PeerId peer, Connection connection, boolean client);

        /** Last channel of a peer is gone. */
        void peerDisconnected(PeerId peer);
    }
}
