package dev.kilonode.node.registry;

import dev.kilonode.node.registry.PeerMaps.Added;

/**
 * {@code scoped-locks}: each map is locked for itself and briefly; the registration holds no lock.
 *
 * <p>On purpose, as in the system studied: between the two locks a removal may run, find nothing in the channel map and leave
 * the peer in the peer map for good. A node runs on one thread here, so the gap has to be given a length: the task goes
 * back to the run queue between the locks. Only new channels pass through it.
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
        else leaveProcessor();
    }

    @Override
    void betweenLocks() {
        lockChannels();
    }

    @Override
    void channelsLocked() {
        addSpeaker();
        registry.channelsLock.releaseWrite();
        register();
    }

    @Override
    void registered() {
        lockUserAgentsIfNew();
    }
}
