package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.lock.AsyncReadWriteLock;
import dev.kilonode.node.lock.LockWaiter;
import dev.kilonode.node.observe.LockName;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.registry.PeerRegistry;
import dev.kilonode.node.registry.RegistryProvider;
import dev.kilonode.node.registry.RegistryVisitor;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A registry with one bug on purpose. */
final class FaultyRegistry implements PeerRegistry {

    enum Bug {
        NONE,
        KEEPS_PEERS,
        KEEPS_CHANNELS,
        FILLS_ONE_MAP,
        HIDES_DEPARTURES,
        ANNOUNCES_TWICE,
        COUNTS_ONE_TOO_MANY,
        FORGETS_A_CALLER,
        NEVER_RELEASES_A_LOCK,
        LEAKS_TIMERS,
        GOES_ON_AFTER_THE_END,
        CANNOT_ENUMERATE
    }

    /** The design with that bug. */
    record Provider(Bug bug) implements RegistryProvider {
        @Override
        public String label() {
            return "faulty";
        }

        @Override
        public PeerRegistry create(NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, Listener listener) {
            return new FaultyRegistry(bug, runtime, endpoint, observer, listener);
        }
    }

    private final Bug bug;
    private final NodeRuntime runtime;
    private final Endpoint endpoint;
    private final Listener listener;
    private final AsyncReadWriteLock lock;
    private final Map<PeerId, Map<NodeAddress, Connection>> peers = new LinkedHashMap<>();
    private final Map<NodeAddress, Set<PeerId>> channels = new LinkedHashMap<>();
    private final Map<Connection, PeerId> lastSender = new HashMap<>();
    private int asked;

    FaultyRegistry(Bug bug, NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, Listener listener) {
        this.bug = bug;
        this.runtime = runtime;
        this.endpoint = endpoint;
        this.listener = listener;
        lock = new AsyncReadWriteLock(runtime, observer, LockName.PEERS);
        if (bug == Bug.GOES_ON_AFTER_THE_END) tick();
    }

    private void tick() {
        runtime.schedule(1_000_000_000L, this::tick);
    }

    @Override
    public Registrar newRegistrar() {
        return (connection, peer, client, then) -> endpoint.register(connection, peer, () -> {
            if (connection.isOpen()) add(connection, peer, client);
            if (bug == Bug.LEAKS_TIMERS) runtime.schedule(3_600_000_000_000L, () -> {});
            then.run();
        });
    }

    private void add(Connection connection, PeerId peer, boolean client) {
        boolean isNew = !peers.containsKey(peer);
        peers.computeIfAbsent(peer, unused -> new LinkedHashMap<>()).put(connection.remote(), connection);
        lastSender.put(connection, peer);
        if (bug != Bug.FILLS_ONE_MAP) {
            channels.computeIfAbsent(connection.remote(), unused -> new LinkedHashSet<>())
                    .add(peer);
        }
        if (isNew) listener.peerConnected(peer, connection, client);
        if (isNew && bug == Bug.ANNOUNCES_TWICE) listener.peerConnected(peer, connection, client);
    }

    @Override
    public void connected(Connection connection) {}

    @Override
    public void disconnected(Connection connection) {
        PeerId peer = lastSender.remove(connection);
        if (peer == null) return;
        if (bug != Bug.KEEPS_CHANNELS) channels.remove(connection.remote());
        if (bug == Bug.KEEPS_PEERS) return;
        Map<NodeAddress, Connection> known = peers.get(peer);
        if (known == null || !known.remove(connection.remote(), connection) || !known.isEmpty()) return;
        peers.remove(peer);
        if (bug != Bug.HIDES_DEPARTURES) listener.peerDisconnected(peer);
    }

    @Override
    public void channelOf(PeerId peer, Consumer<@Nullable Connection> then) {
        asked++;
        if (bug == Bug.FORGETS_A_CALLER && asked == 200) return;
        if (bug == Bug.NEVER_RELEASES_A_LOCK && asked == 200) lock.acquireWrite(new LockWaiter(() -> {}));
        lock.acquireRead(new LockWaiter(() -> {
            lock.releaseRead();
            Map<NodeAddress, Connection> known = peers.getOrDefault(peer, Map.of());
            then.accept(known.values().stream()
                    .filter(Connection::isOpen)
                    .findFirst()
                    .orElse(null));
        }));
    }

    @Override
    public void peerOf(Connection connection, Consumer<@Nullable PeerId> then) {
        then.accept(lastSender.get(connection));
    }

    @Override
    public int peerCount() {
        return bug == Bug.COUNTS_ONE_TOO_MANY ? peers.size() + 1 : peers.size();
    }

    @Override
    public boolean enumerate(RegistryVisitor visitor) {
        if (bug == Bug.CANNOT_ENUMERATE) return false;
        peers.forEach((peer, known) -> known.keySet().forEach(channel -> visitor.peer(peer, channel)));
        channels.forEach((channel, senders) -> senders.forEach(peer -> visitor.sender(channel, peer)));
        return true;
    }

    @Override
    public void forEachLock(Consumer<AsyncReadWriteLock> visitor) {
        visitor.accept(lock);
    }
}
