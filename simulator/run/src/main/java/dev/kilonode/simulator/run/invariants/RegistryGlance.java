package dev.kilonode.simulator.run.invariants;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.registry.RegistryVisitor;
import dev.kilonode.node.transport.Transport;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells in one pass, without a copy of anything, whether a node's registry, its events and its connections agree. It compares sums and numbers, so
 * it does not know what is wrong if something is. The object is used for one node after another.
 */
final class RegistryGlance implements RegistryVisitor {

    private final Set<NodeAddress> changing = new HashSet<>(); // looked up, never iterated over
    private NodeHandle place;
    private Set<PeerId> byEvents = Set.of();

    // The peer whose channels are being passed
    private @Nullable PeerId peer;
    private boolean connected;
    private boolean underWay;

    private int peers;
    private int announced;
    private int unannounced;
    private int unconnected;
    private int open;
    private int entries;
    private long listed;
    private long sent;
    private boolean enumerated;

    @SuppressWarnings("NullAway") // set by the first call of isRight
    RegistryGlance() {}

    /** Whether nothing is wrong, apart from work under way. If false, something may be wrong. */
    boolean isRight(Transport transport, NodeHandle place, PeerEvents events) {
        clear(place, events);
        place.forEachConnection(connection -> {
            entries++;
            if (connection.isOpen()) open++;
        });
        enumerated = transport.enumerateRegistry(this);
        endPeer();
        int answered = transport.peerCount();
        if (events.hasSpurious()) return false;
        if (!enumerated) return true;
        if (answered > open + changing.size()) return false;
        boolean eventsAgree = announced == byEvents.size() && (unannounced == 0 || transport.identifiesAtHandshake());
        return unconnected == 0 && listed == sent && answered == peers && eventsAgree;
    }

    boolean enumerated() {
        return enumerated;
    }

    /** Entries read from the last node. */
    int entries() {
        return entries;
    }

    private void clear(NodeHandle node, PeerEvents events) {
        place = node;
        byEvents = events.connected();
        changing.clear();
        peer = null;
        peers = 0;
        announced = 0;
        unannounced = 0;
        unconnected = 0;
        open = 0;
        entries = 0;
        listed = 0;
        sent = 0;
    }

    @Override
    public void changing(NodeAddress channel) {
        changing.add(channel);
    }

    @Override
    public void peer(PeerId next, NodeAddress channel) {
        entries++;
        if (peer == null || !peer.equals(next)) {
            endPeer();
            peer = next;
            connected = false;
            underWay = false;
        }
        if (!changing.isEmpty() && changing.contains(channel)) {
            underWay = true;
            return;
        }
        connected |= RegistryLook.isOf(place.connectionTo(channel), next);
        listed += hash(next, channel);
    }

    @Override
    public void sender(NodeAddress channel, PeerId next) {
        entries++;
        if (changing.isEmpty() || !changing.contains(channel)) sent += hash(next, channel);
    }

    private void endPeer() {
        PeerId ended = peer;
        if (ended == null) return;
        peers++;
        if (byEvents.contains(ended)) announced++;
        else if (connected) unannounced++;
        if (!connected && !underWay) unconnected++;
        peer = null;
    }

    /** Equal sums of these stand for equal sets: 64 bits, mixed. */
    private static long hash(PeerId peer, NodeAddress channel) {
        long mixed = (peer.hashCode() * 0x9E3779B97F4A7C15L) ^ (channel.hashCode() * 0xC2B2AE3D27D4EB4FL);
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }
}
