package dev.kilonode.node.registry;

import dev.kilonode.node.registry.PeerMaps.Added;

/**
 * {@code scoped-locks}: each map is locked separately and briefly; no lock is held during the registration.
 *
 * <p>On purpose, as in the system studied: between the two locks a removal may run, find nothing in the channel map and leave the peer in
 * the peer map for good. Since a node runs on one thread here, the gap needs a duration: the task goes back to the run queue between the
 * locks. Only new channels pass through it.
 */
final class ScopedRegistrar extends LockedRegistrar {

    ScopedRegistrar(LockedRegistry registry) {
        super(registry);
    }

    @Override
    void begin() {
        lockPeers();
    }

    @Override
    void peersLocked() {
        Added added = addPeer();
        registry.peersLock.releaseWrite();
        if (added == Added.NOTHING) register();
        else yieldProcessor();
    }

    @Override
    void betweenLocks() {
        lockChannels();
    }

    @Override
    void channelsLocked() {
        addSender();
        registry.channelsLock.releaseWrite();
        register();
    }

    @Override
    void registered() {
        lockUserAgentsIfNew();
    }
}
