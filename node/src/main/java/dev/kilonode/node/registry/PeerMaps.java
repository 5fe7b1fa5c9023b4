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
 * The two maps, without their locks: peer to channels, and channel to the peers that speak on it, channels being named by
 * remote address. A message from a known peer on a known channel costs one look-up and no allocation. Never iterated.
 */
final class PeerMaps {

    /** What {@link #addPeer} changed: nothing, a channel of a known peer, or the first channel of a peer. */
    enum Added {
        NOTHING,
        CHANNEL,
        PEER
    }

    private final PeerIndex peers = new PeerIndex();
    private final PeerCache<Connection> recent = new PeerCache<>();
    private final Map<NodeAddress, PeerChannel> channels = new HashMap<>();

    /** The transport's own table of connections, which no registry lock guards. */
    void cameUp(Connection connection) {
        recent.forgetAll();
        PeerChannel channel = channels.get(connection.remote());
        if (channel == null) channels.put(connection.remote(), new PeerChannel(connection));
        else channel.cameUp(connection);
    }

    void ended(Connection connection) {
        PeerChannel channel = channels.get(connection.remote());
        if (channel == null) return;
        channel.ended(connection);
        forgetIfUnused(channel);
    }

    /** Peer map: {@code peer} speaks on {@code connection}'s channel. */
    Added addPeer(PeerId peer, Connection connection) {
        if (PeerEntry.isCurrent(peer, connection))
            return Added.NOTHING; // as nearly always: known from its last message
        PeerEntry known = peers.get(peer);
        if (known != null && known.speaksOn(connection)) return Added.NOTHING;
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

    /** Channel map: {@code peer} speaks on {@code connection}'s channel. */
    void addSpeaker(Connection connection, PeerId peer) {
        PeerChannel channel = channelFor(connection);
        if (!channel.speakers.contains(peer)) channel.speakers.add(peer);
    }

    /** Channel map: forgets the channel. @return who spoke there; empty when the channel is not in the map */
    List<PeerId> removeSpeakers(Connection connection) {
        PeerChannel channel = channels.get(connection.remote());
        if (channel == null || channel.speakers.isEmpty()) return List.of();
        List<PeerId> speakers = List.copyOf(channel.speakers);
        channel.speakers.clear();
        forgetIfUnused(channel);
        return speakers;
    }

    /** Peer map: forgets one channel of {@code peer}. @return the peer's entry when that was its last channel, or null */
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
     * The newest open channel of {@code peer}. A peer all of whose channels are closed is answered with a closed one: it
     * counts as connected, and only a failed send will tell.
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

    /** Who spoke last, of those who speak on {@code connection}'s channel. */
    @Nullable
    PeerId speakerOn(Connection connection) {
        PeerChannel channel = channels.get(connection.remote());
        if (channel == null || channel.speakers.isEmpty()) return null;
        return channel.speakers.get(channel.speakers.size() - 1);
    }

    @Nullable
    PeerEntry known(PeerId peer) {
        return peers.get(peer);
    }

    int peerCount() {
        return peers.size();
    }

    /** Names in use, for tests of what is left behind. */
    int channelCount() {
        return channels.size();
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
