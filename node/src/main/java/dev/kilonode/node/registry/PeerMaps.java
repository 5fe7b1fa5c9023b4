package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerCache;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.NodeAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two maps, without their locks: peer to channels, and channel to the peers that use it; a channel is named by its remote address. A
 * message from a known peer on a known channel costs one lookup and no allocation. Only {@link #enumerate} iterates over them.
 */
final class PeerMaps {

    /** What {@link #addPeer} changed: nothing, a further channel of a known peer, or the first channel of a peer. */
    enum Added {
        NOTHING,
        CHANNEL,
        PEER
    }

    private final PeerIndex peers = new PeerIndex();
    private final PeerCache<Connection> recent = new PeerCache<>();
    private final Map<NodeAddress, PeerChannel> channels = new HashMap<>();

    /** The transport's table of connections, which no registry lock guards. */
    void opened(Connection connection) {
        recent.forgetAll();
        PeerChannel channel = channels.get(connection.remote());
        if (channel == null) channels.put(connection.remote(), new PeerChannel(connection));
        else channel.opened(connection);
    }

    void ended(Connection connection) {
        PeerChannel channel = channels.get(connection.remote());
        if (channel == null) return;
        channel.ended(connection);
        forgetIfUnused(channel);
    }

    /** Peer map: adds {@code connection}'s channel to {@code peer}. */
    Added addPeer(PeerId peer, Connection connection) {
        if (PeerEntry.isCurrent(peer, connection)) return Added.NOTHING; // the usual case: known from its last message
        PeerEntry known = peers.get(peer);
        if (known != null && known.uses(connection)) return Added.NOTHING;
        recent.forgetAll();
        PeerChannel channel = channelFor(connection);
        channel.listedBy++;
        if (known != null) {
            known.add(channel);
            return Added.CHANNEL;
        }
        peers.add(new PeerEntry(peer, channel));
        return Added.PEER;
    }

    /** Channel map: adds {@code peer} to {@code connection}'s channel. */
    void addSender(Connection connection, PeerId peer) {
        PeerChannel channel = channelFor(connection);
        if (!channel.senders.contains(peer)) channel.senders.add(peer);
    }

    /**
     * Channel map: removes the channel.
     *
     * @return the peers that used it; empty if the channel is not in the map
     */
    List<PeerId> removeSenders(Connection connection) {
        PeerChannel channel = channels.get(connection.remote());
        if (channel == null || channel.senders.isEmpty()) return List.of();
        List<PeerId> senders = List.copyOf(channel.senders);
        channel.senders.clear();
        forgetIfUnused(channel);
        return senders;
    }

    /**
     * Peer map: removes one channel of {@code peer}.
     *
     * @return the peer's entry if that was its last channel, or null
     */
    @Nullable
    PeerEntry removeChannel(PeerId peer, NodeAddress name) {
        PeerEntry known = peers.get(peer);
        if (known == null) return null;
        recent.forgetAll();
        PeerChannel channel = known.remove(name);
        if (channel == null) return null;
        channel.listedBy--;
        forgetIfUnused(channel);
        if (known.latest != channel) return null;
        peers.remove(peer);
        return known;
    }

    /**
     * The newest open channel of {@code peer}. If all its channels are closed, a closed one: the peer counts as connected until a send
     * fails.
     */
    @Nullable
    Connection channelOf(PeerId peer) {
        Connection newest = recent.find(peer);
        if (newest != null && newest.isOpen()) return newest;
        PeerEntry known = peers.get(peer);
        if (known == null) return null;
        if (known.current() != null) recent.keep(peer, known.current());
        return known.newestOpen();
    }

    /** The peer that sent last on {@code connection}'s channel. */
    @Nullable
    PeerId lastSenderOn(Connection connection) {
        PeerChannel channel = channels.get(connection.remote());
        if (channel == null || channel.senders.isEmpty()) return null;
        return channel.senders.get(channel.senders.size() - 1);
    }

    @Nullable
    PeerEntry known(PeerId peer) {
        return peers.get(peer);
    }

    int peerCount() {
        return peers.size();
    }

    /** Number of channels in the maps; tests use it to find leaks. */
    int channelCount() {
        return channels.size();
    }

    /** Passes the entries of both maps to {@code visitor}. */
    void enumerate(RegistryVisitor visitor) {
        peers.forEach(peer -> peer.forEachChannel(channel -> visitor.peer(peer.id, channel.name)));
        for (PeerChannel channel : channels.values()) {
            for (int i = 0; i < channel.senders.size(); i++) visitor.sender(channel.name, channel.senders.get(i));
        }
    }

    private PeerChannel channelFor(Connection connection) {
        PeerChannel channel = channels.get(connection.remote());
        if (channel == null) {
            channel = new PeerChannel(connection);
            if (!connection.isOpen()) channel.ended(connection);
            channels.put(channel.name, channel);
        }
        return channel;
    }

    private void forgetIfUnused(PeerChannel channel) {
        if (channel.isForgotten()) channels.remove(channel.name);
    }
}
