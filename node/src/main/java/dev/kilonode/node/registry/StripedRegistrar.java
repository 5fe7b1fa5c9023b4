package dev.kilonode.node.registry;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.registry.PeerMaps.Added;
import org.jspecify.annotations.Nullable;

/** {@code striped-maps}: registers with the endpoint, then updates the peer map, then, for a new channel, the channel map. */
final class StripedRegistrar implements PeerRegistry.Registrar {

    enum State {
        IDLE,
        REGISTRATION,
        BETWEEN_MAPS
    }

    private final StripedRegistry registry;
    private final Runnable registrationDone = this::registered;
    private final Runnable rescheduled = this::betweenMaps;

    private State state = State.IDLE;
    private @Nullable Connection connection;
    private @Nullable PeerId peer;
    private @Nullable Runnable then;
    private boolean client;
    private Added added = Added.NOTHING;
    private long registeringSinceNanos;

    StripedRegistrar(StripedRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void record(Connection connection, PeerId peer, boolean client, Runnable then) {
        if (state != State.IDLE) throw new IllegalStateException("a registrar records one message at a time: " + state);
        this.connection = connection;
        this.peer = peer;
        this.client = client;
        this.then = then;
        state = State.REGISTRATION;
        registeringSinceNanos = registry.runtime.nowNanos();
        registry.endpoint.register(connection, peer, registrationDone);
    }

    private void registered() {
        if (state != State.REGISTRATION || connection == null || peer == null) throw unexpected();
        registry.registeredSince(registeringSinceNanos);
        added = registry.maps.addPeer(peer, connection);
        if (added == Added.NOTHING) {
            finish(connection, peer);
            return;
        }
        state = State.BETWEEN_MAPS; // each update is atomic, the pair is not: see ScopedRegistrar
        registry.runtime.wakeUp(rescheduled);
    }

    private void betweenMaps() {
        if (state != State.BETWEEN_MAPS || connection == null || peer == null) throw unexpected();
        registry.maps.addSender(connection, peer);
        finish(connection, peer);
    }

    private void finish(Connection where, PeerId who) {
        Runnable next = then;
        state = State.IDLE;
        connection = null;
        peer = null;
        then = null;
        if (added == Added.PEER) registry.announce(who, where, client);
        if (next != null) next.run();
    }

    private IllegalStateException unexpected() {
        return new IllegalStateException("not a step of striped-maps: " + state);
    }
}
