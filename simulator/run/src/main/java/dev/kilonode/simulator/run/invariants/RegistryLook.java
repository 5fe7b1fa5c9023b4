package dev.kilonode.simulator.run.invariants;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.registry.RegistryVisitor;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.scenario.Invariant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what one node's registry holds, and what its events said, with the connections of its endpoint. Channels that work is under way
 * on are left out. Nearly always {@link RegistryGlance} finds everything right; only otherwise the contents are compared one by one. The
 * object is used for one node after another.
 */
final class RegistryLook implements RegistryVisitor {

    /** Work that the registry does not show, such as a closed connection whose event comes next, takes less. */
    static final long PATIENCE_NANOS = 10_000_000_000L;

    private record Entry(PeerId peer, NodeAddress channel) {}

    // Looked up, never iterated over where an order would show: findings are sorted
    private final Map<NodeAddress, Connection> open = new HashMap<>();
    private final Set<NodeAddress> changing = new HashSet<>();
    private final Set<PeerId> leaving = new HashSet<>();
    private final Map<PeerId, Standing> peers = new HashMap<>();
    private final Set<Entry> unmatched = new HashSet<>();
    private final List<Entry> senders = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final RegistryGlance glance = new RegistryGlance();
    private int unconnected;
    private int entries;
    private boolean enumerated;

    /** What the entries of one peer say together; the greatest decides. */
    private enum Standing {
        UNCONNECTED,
        UNDER_WAY,
        CONNECTED
    }

    /** Looks at a node. @return its findings, sorted by invariant and subject */
    List<Finding> look(Transport transport, NodeHandle place, PeerEvents events) {
        clear();
        boolean right = glance.isRight(transport, place, events);
        entries = glance.entries();
        enumerated = glance.enumerated();
        if (right) return List.of();
        place.forEachConnection(connection -> {
            entries++;
            if (connection.isOpen()) open.put(connection.remote(), connection);
        });
        transport.enumerateRegistry(this);
        if (enumerated) {
            peers(events.connected());
            channels();
            mirror();
            events(events.connected(), transport.identifiesAtHandshake());
        }
        if (enumerated) count(transport.peerCount());
        for (PeerEvents.Spurious event : events.takeSpurious()) {
            String what = event.connected()
                    ? "got a second PeerConnected without a PeerDisconnected"
                    : "got a PeerDisconnected without a PeerConnected";
            findings.add(new Finding(Invariant.PEER_EVENTS_PAIRED, event.peer(), what, 0));
        }
        findings.sort(Comparator.comparing(Finding::invariant)
                .thenComparing(finding -> finding.subject().toString())
                .thenComparing(Finding::words));
        return findings;
    }

    /** Whether the registry of the last node could be enumerated. */
    boolean enumerated() {
        return enumerated;
    }

    /** Peers of the last node that count as connected and have no open connection, apart from work under way. */
    int unconnected() {
        return unconnected;
    }

    /** Entries read from the last node, the measure of the cost of a look. */
    int entries() {
        return entries;
    }

    private void clear() {
        open.clear();
        changing.clear();
        leaving.clear();
        peers.clear();
        unmatched.clear();
        senders.clear();
        findings.clear();
        unconnected = 0;
        entries = 0;
    }

    // The registry passes its contents; what is changing comes first

    @Override
    public void changing(NodeAddress channel) {
        changing.add(channel);
    }

    @Override
    public void leaving(PeerId peer) {
        leaving.add(peer);
    }

    @Override
    public void peer(PeerId peer, NodeAddress channel) {
        entries++;
        Standing standing = changing.contains(channel)
                ? Standing.UNDER_WAY
                : isOf(open.get(channel), peer) ? Standing.CONNECTED : Standing.UNCONNECTED;
        peers.merge(peer, standing, (one, other) -> one.compareTo(other) > 0 ? one : other);
        unmatched.add(new Entry(peer, channel));
    }

    @Override
    public void sender(NodeAddress channel, PeerId peer) {
        entries++;
        senders.add(new Entry(peer, channel));
    }

    /** Whether {@code connection} is an open one to {@code peer}, as far as the handshake tells. */
    static boolean isOf(@Nullable Connection connection, PeerId peer) {
        if (connection == null || !connection.isOpen()) return false;
        PeerRecord proven = connection.handshakePeer();
        return proven == null || proven.id().equals(peer);
    }

    private void peers(Set<PeerId> byEvents) {
        peers.forEach((peer, standing) -> {
            if (standing != Standing.UNCONNECTED) return;
            unconnected++;
            add(Invariant.PEERS_HAVE_CONNECTIONS, peer, "counts as connected and has no open connection");
            if (byEvents.contains(peer)) {
                add(Invariant.PEER_EVENTS_PAIRED, peer, "got a PeerConnected, and no PeerDisconnected when it left");
            }
        });
    }

    private void channels() {
        for (Entry entry : senders) {
            if (changing.contains(entry.channel()) || isOf(open.get(entry.channel()), entry.peer())) continue;
            add(
                    Invariant.CHANNELS_HAVE_CONNECTIONS,
                    entry.peer(),
                    "is on channel " + entry.channel() + ", which has no open connection");
        }
    }

    private void mirror() {
        for (Entry entry : senders) {
            if (unmatched.remove(entry) || changing.contains(entry.channel())) continue;
            mirror(entry, "is on channel " + entry.channel() + " in the channel map only");
        }
        for (Entry entry : unmatched) {
            if (!changing.contains(entry.channel())) {
                mirror(entry, "is on channel " + entry.channel() + " in the peer map only");
            }
        }
    }

    private void mirror(Entry entry, String words) {
        findings.add(new Finding(Invariant.REGISTRY_MAPS_MIRROR, entry.peer(), words, PATIENCE_NANOS));
    }

    private void events(Set<PeerId> byEvents, boolean identifiedAtHandshake) {
        for (PeerId peer : byEvents) {
            if (!peers.containsKey(peer) && !leaving.contains(peer)) {
                add(Invariant.PEER_EVENTS_PAIRED, peer, "got a PeerConnected, but is in the peer map no more");
            }
        }
        if (identifiedAtHandshake) return; // the protocols hear of a peer when it first sends something
        peers.forEach((peer, standing) -> {
            if (standing == Standing.CONNECTED && !byEvents.contains(peer)) {
                add(Invariant.PEER_EVENTS_PAIRED, peer, "is connected and got no PeerConnected");
            }
        });
    }

    private void count(int answered) {
        boolean counts = answered == peers.size();
        boolean covered = answered <= open.size() + changing.size();
        if (counts && covered) return;
        String why =
                counts ? "the node has " + open.size() + " open connections" : "its peer map lists " + peers.size();
        add(Invariant.PEER_COUNT_AGREES, "its peer count", "is " + answered + ", but " + why);
    }

    private void add(Invariant invariant, Object subject, String words) {
        findings.add(new Finding(invariant, subject, words, PATIENCE_NANOS));
    }
}
