package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.lock.AsyncReadWriteLock;
import dev.kilonode.node.lock.LockWaiter;
import dev.kilonode.node.observe.LockName;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A registry with one global lock for each of its two maps and for the user agents. The registrar decides on the order of locks, which
 * distinguishes the designs; lookups and removal are the same in all. Lock order: peers, then channels.
 */
class LockedRegistry extends MappedRegistry {

    final AsyncReadWriteLock peersLock;
    final AsyncReadWriteLock channelsLock;
    final AsyncReadWriteLock userAgentsLock;
    private final Function<LockedRegistry, Registrar> registrars;

    /** Channels that a removal, or a recording at the handshake, works on or waits to work on. */
    private final Set<Task> tasks = new LinkedHashSet<>();

    LockedRegistry(
            NodeRuntime runtime,
            Endpoint endpoint,
            NodeObserver observer,
            Listener listener,
            Function<LockedRegistry, Registrar> registrars) {
        super(runtime, endpoint, observer, listener);
        peersLock = new AsyncReadWriteLock(runtime, observer, LockName.PEERS);
        channelsLock = new AsyncReadWriteLock(runtime, observer, LockName.CHANNELS);
        userAgentsLock = new AsyncReadWriteLock(runtime, observer, LockName.USER_AGENTS);
        this.registrars = registrars;
    }

    @Override
    public Registrar newRegistrar() {
        return registrars.apply(this);
    }

    @Override
    public void disconnected(Connection connection) {
        maps.ended(connection);
        new LockedRemoval(this, connection).begin();
    }

    @Override
    public void channelOf(PeerId peer, Consumer<@Nullable Connection> then) {
        if (peersLock.passRead(1)) then.accept(maps.channelOf(peer)); // one thread: nobody can write in between
        else peersLock.acquireRead(new ChannelQuery(peer, then));
    }

    @Override
    public void peerOf(Connection connection, Consumer<@Nullable PeerId> then) {
        if (channelsLock.passRead(1)) then.accept(maps.lastSenderOn(connection));
        else channelsLock.acquireRead(new LockWaiter(() -> answerPeerOf(connection, then)));
    }

    private void answerPeerOf(Connection connection, Consumer<@Nullable PeerId> then) {
        PeerId peer = maps.lastSenderOn(connection);
        channelsLock.releaseRead();
        then.accept(peer);
    }

    @Override
    public void readPeers(int times, Runnable then) {
        if (times <= 0 || peersLock.passRead(times)) then.run();
        else peersLock.acquireRead(new PeerReads(times, then));
    }

    @Override
    public long peersWriteHeldNanos() {
        return peersLock.writeHeldNanos();
    }

    @Override
    public boolean enumerate(RegistryVisitor visitor) {
        for (Task task : tasks) {
            visitor.changing(task.channel());
            task.leaving().forEach(visitor::leaving);
        }
        return super.enumerate(visitor);
    }

    @Override
    public void forEachLock(Consumer<AsyncReadWriteLock> visitor) {
        visitor.accept(peersLock);
        visitor.accept(channelsLock);
        visitor.accept(userAgentsLock);
    }

    @Override
    public boolean invariantsHold() {
        return peersLock.invariantsHold() && channelsLock.invariantsHold() && userAgentsLock.invariantsHold();
    }

    /** Whether the listener has been told of a peer of the map, so that it is told when the peer goes. */
    boolean isAnnounced(PeerEntry peer) {
        return true;
    }

    final void begun(Task task) {
        tasks.add(task);
    }

    final void ended(Task task) {
        tasks.remove(task);
    }

    /** Work on one channel besides that of the registrars. Compared by identity. */
    interface Task {
        NodeAddress channel();

        /** The peers that it has removed and not reported yet. */
        default List<PeerId> leaving() {
            return List.of();
        }
    }

    // Waiters that are their own continuations: in a failing network, nearly every message waits here several times

    private final class ChannelQuery extends LockWaiter {

        private final PeerId peer;
        private final Consumer<@Nullable Connection> then;

        ChannelQuery(PeerId peer, Consumer<@Nullable Connection> then) {
            this.peer = peer;
            this.then = then;
        }

        @Override
        protected void granted() {
            Connection channel = maps.channelOf(peer);
            peersLock.releaseRead();
            then.accept(channel);
        }
    }

    /** Consecutive reads, the first of which had to wait. */
    private final class PeerReads extends LockWaiter {

        private int left;
        private final Runnable then;

        PeerReads(int times, Runnable then) {
            left = times;
            this.then = then;
        }

        @Override
        protected void granted() {
            peersLock.releaseRead();
            left--;
            if (left == 0 || peersLock.passRead(left)) then.run();
            else peersLock.acquireRead(this);
        }
    }
}
