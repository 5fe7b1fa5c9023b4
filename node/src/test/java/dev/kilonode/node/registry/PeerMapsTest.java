package dev.kilonode.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.testkit.LoopbackConnection;
import dev.kilonode.node.testkit.LoopbackEndpoint;
import dev.kilonode.node.testkit.TestTransport;
import dev.kilonode.node.testkit.VirtualClock;
import dev.kilonode.node.wire.NodeAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerMapsTest {

    private static final int PEERS = 6;
    private static final int ADDRESSES = 4;

    /** What the maps remember to spare searches must never show: they are compared with maps that remember nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cachedMapsAnswerLikeMapsWithoutACache(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LoopbackEndpoint endpoint = new LoopbackEndpoint(
                new VirtualClock(), new LoopbackEndpoint.Network(), new NodeAddress(1, 1), TestTransport.id(1));
        PeerMaps maps = new PeerMaps();
        Plain plain = new Plain();
        List<PeerId> peers = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) peers.add(TestTransport.id(2 + i));
        List<LoopbackConnection> connections = new ArrayList<>();
        for (int step = 0; step < 5_000; step++) {
            int number = random.nextInt(PEERS);
            PeerId peer =
                    random.nextInt(10) == 0 ? TestTransport.id(2 + number) : peers.get(number); // equal, or the same
            LoopbackConnection any = connections.isEmpty() ? null : connections.get(random.nextInt(connections.size()));
            switch (random.nextInt(10)) {
                case 0 -> {
                    NodeAddress address = new NodeAddress(2, 1 + random.nextInt(ADDRESSES));
                    if (random.nextInt(4) > 0) {
                        connections.stream()
                                .filter(c -> c.remote().equals(address))
                                .forEach(LoopbackConnection::markClosed);
                    }
                    LoopbackConnection up = new LoopbackConnection(endpoint, address, true, null);
                    connections.add(up);
                    maps.opened(up);
                    plain.opened(up);
                }
                case 1 -> {
                    if (any != null) any.markClosed();
                }
                case 2 -> {
                    if (any != null) {
                        any.markClosed();
                        maps.ended(any);
                        plain.ended(any);
                        for (PeerId who : maps.removeSenders(any)) {
                            assertThat(maps.removeChannel(who, any.remote()) != null)
                                    .isEqualTo(plain.remove(who, any.remote()));
                        }
                    }
                }
                default -> {
                    if (any != null) {
                        boolean added = maps.addPeer(peer, any) != PeerMaps.Added.NOTHING;
                        assertThat(added).as("seed %d, step %d", seed, step).isEqualTo(plain.add(peer, any));
                        if (added) maps.addSender(any, peer);
                    }
                }
            }
            for (PeerId who : peers) {
                assertThat(maps.channelOf(who))
                        .as("seed %d, step %d", seed, step)
                        .isSameAs(plain.channelOf(who));
            }
        }
        assertThat(connections).hasSizeGreaterThan(100);
    }

    /** The same by searching each time. */
    private static final class Plain {

        /** What is known under one name, for as long as there is a connection of it or a peer that lists it. */
        private static final class Name {
            private final List<Connection> connections = new ArrayList<>();
            private Connection newest;

            Name(Connection first) {
                newest = first;
                if (first.isOpen()) connections.add(first);
            }
        }

        private final Map<NodeAddress, Name> names = new HashMap<>();
        private final Map<PeerId, List<NodeAddress>> channels = new HashMap<>();

        void opened(Connection connection) {
            Name name = names.get(connection.remote());
            if (name == null) {
                names.put(connection.remote(), new Name(connection));
                return;
            }
            name.newest = connection;
            name.connections.removeIf(c -> !c.isOpen());
            name.connections.add(connection);
        }

        void ended(Connection connection) {
            Name name = names.get(connection.remote());
            if (name == null) return;
            name.connections.removeIf(c -> !c.isOpen());
            forgetIfUnused(connection.remote());
        }

        boolean add(PeerId peer, Connection connection) {
            List<NodeAddress> known = channels.computeIfAbsent(peer, id -> new ArrayList<>());
            if (known.contains(connection.remote())) return false;
            names.computeIfAbsent(connection.remote(), address -> new Name(connection));
            return known.add(connection.remote());
        }

        /** @return whether that was the peer's last channel */
        boolean remove(PeerId peer, NodeAddress address) {
            List<NodeAddress> known = channels.getOrDefault(peer, new ArrayList<>());
            boolean last = known.remove(address) && known.isEmpty();
            if (known.isEmpty()) channels.remove(peer);
            forgetIfUnused(address);
            return last;
        }

        private void forgetIfUnused(NodeAddress address) {
            Name name = names.get(address);
            boolean listed = channels.values().stream().anyMatch(known -> known.contains(address));
            if (name != null && name.connections.isEmpty() && !listed) names.remove(address);
        }

        private Name named(NodeAddress address) {
            return Objects.requireNonNull(names.get(address), "a peer lists a name that is not there");
        }

        @Nullable
        Connection channelOf(PeerId peer) {
            List<NodeAddress> known = channels.get(peer);
            if (known == null) return null;
            for (int i = known.size() - 1; i >= 0; i--) {
                Name name = named(known.get(i));
                if (name.newest.isOpen()) return name.newest;
                for (int k = name.connections.size() - 1; k >= 0; k--) {
                    if (name.connections.get(k).isOpen()) return name.connections.get(k);
                }
            }
            return named(known.get(known.size() - 1)).newest;
        }
    }
}
