package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.lock.LockWaiter;
import dev.kilonode.node.registry.PeerMaps.Added;
import org.jspecify.annotations.Nullable;

/**
 * Records the messages of one shard, one at a time: a state machine that is reused for each message. The designs differ in the order of
 * the steps; each step below is entered when what it waits for has been granted or done.
 */
abstract class LockedRegistrar extends LockWaiter implements PeerRegistry.Registrar {

    /** What the registrar waits for. */
    enum State {
        IDLE,
        PEERS_LOCK,
        BETWEEN_LOCKS,
        CHANNELS_LOCK,
        REGISTRATION,
        USER_AGENTS_LOCK
    }

    final LockedRegistry registry;

    private State state = State.IDLE;
    private @Nullable Connection connection;
    private @Nullable PeerId peer;
    private @Nullable Runnable then;
    private boolean client;
    private Added added = Added.NOTHING;
    private long registeringSinceNanos;

    LockedRegistrar(LockedRegistry registry) {
        this.registry = registry;
    }

    @Override
    public final void record(Connection connection, PeerId peer, boolean client, Runnable then) {
        if (state != State.IDLE) throw new IllegalStateException("a registrar records one message at a time: " + state);
        this.connection = connection;
        this.peer = peer;
        this.client = client;
        this.then = then;
        added = Added.NOTHING;
        begin();
    }

    /** The first step. */
    abstract void begin();

    abstract void peersLocked();

    void betweenLocks() {
        throw unexpected();
    }

    void channelsLocked() {
        throw unexpected();
    }

    void registered() {
        throw unexpected();
    }

    void userAgentsLocked() {
        registry.userAgentsLock.releaseWrite();
        finish();
    }

    final void lockPeers() {
        state = State.PEERS_LOCK;
        registry.peersLock.acquireWrite(this);
    }

    final void lockChannels() {
        state = State.CHANNELS_LOCK;
        registry.channelsLock.acquireWrite(this);
    }

    final void lockUserAgents() {
        state = State.USER_AGENTS_LOCK;
        registry.userAgentsLock.acquireWrite(this);
    }

    /** Yields: other tasks may run between two locks. */
    final void yieldProcessor() {
        state = State.BETWEEN_LOCKS;
        registry.runtime.wakeUp(this);
    }

    final void register() {
        state = State.REGISTRATION;
        registeringSinceNanos = registry.runtime.nowNanos();
        registry.endpoint.register(connection(), peer(), this);
    }

    final Added addPeer() {
        added = registry.maps.addPeer(peer(), connection());
        return added;
    }

    final void addSender() {
        registry.maps.addSender(connection(), peer());
    }

    /** Takes the user agents' lock for a new peer; finishes at once for a known one. */
    final void lockUserAgentsIfNew() {
        if (added == Added.PEER) lockUserAgents();
        else finish();
    }

    /** The last step: announces a new peer and continues the message. */
    final void finish() {
        Connection where = connection();
        PeerId who = peer();
        Runnable next = then;
        boolean isNew = added == Added.PEER;
        state = State.IDLE;
        connection = null;
        peer = null;
        then = null;
        if (isNew) registry.announce(who, where, client);
        if (next != null) next.run();
    }

    final Added added() {
        return added;
    }

    final boolean client() {
        return client;
    }

    final Connection connection() {
        if (connection == null) throw unexpected();
        return connection;
    }

    final PeerId peer() {
        if (peer == null) throw unexpected();
        return peer;
    }

    /** Called when what it waits for has been granted or done. One object serves all steps, which saves cache misses. */
    @Override
    public final void run() {
        switch (state) {
            case PEERS_LOCK, CHANNELS_LOCK, USER_AGENTS_LOCK -> super.run();
            case BETWEEN_LOCKS -> betweenLocks();
            case REGISTRATION -> {
                registry.registeredSince(registeringSinceNanos);
                registered();
            }
            case IDLE -> throw unexpected();
        }
    }

    @Override
    protected final void granted() {
        switch (state) {
            case PEERS_LOCK -> peersLocked();
            case CHANNELS_LOCK -> channelsLocked();
            case USER_AGENTS_LOCK -> userAgentsLocked();
            case BETWEEN_LOCKS, REGISTRATION, IDLE -> throw unexpected();
        }
    }

    private IllegalStateException unexpected() {
        return new IllegalStateException("not a step of " + getClass().getSimpleName() + ": " + state);
    }
}
