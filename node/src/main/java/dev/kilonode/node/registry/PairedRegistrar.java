package dev.kilonode.node.registry;

import dev.kilonode.node.registry.PeerMaps.Added;

/** {@code paired-locks}: both maps change in one short scope under both locks; the registration holds no lock. */
final class PairedRegistrar extends LockedRegistrar {

    PairedRegistrar(LockedRegistry registry) {
        super(registry);
    }

    @Override
    void begin() {
        lockPeers();
    }

    @Override
    void peersLocked() {
        lockChannels();
    }

    @Override
    void channelsLocked() {
        if (addPeer() != Added.NOTHING) addSpeaker();
        registry.channelsLock.releaseWrite();
        registry.peersLock.releaseWrite();
        register();
    }

    @Override
    void registered() {
        lockUserAgentsIfNew();
    }
}
