package dev.kilonode.node.registry;

/** Part of {@code at-handshake} that runs per message: takes the user agents' write lock, and calls the listener when they change. */
final class UserAgentRegistrar extends LockedRegistrar {

    UserAgentRegistrar(LockedRegistry registry) {
        super(registry);
    }

    @Override
    void begin() {
        lockUserAgents();
    }

    @Override
    void peersLocked() {
        throw new IllegalStateException("at-handshake locks no peers for a message");
    }

    @Override
    void userAgentsLocked() {
        PeerEntry known = registry.maps.known(peer());
        boolean changed = known != null && (known.client == null || known.client != client());
        if (known != null && changed) known.client = client();
        registry.userAgentsLock.releaseWrite();
        if (changed) registry.announce(peer(), connection(), client());
        finish();
    }
}
