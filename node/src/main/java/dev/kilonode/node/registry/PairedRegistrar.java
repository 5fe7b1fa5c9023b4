package dev.kilonode.node.registry;

import dev.kilonode.node.registry.PeerMaps.Added;

/** {@code paired-locks}: changes both maps in one short scope under both locks; holds no lock during the registration. */
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
        if (addPeer() != Added.NOTHING) addSender();
        registry.channelsLock.releaseWrite();
        registry.peersLock.releaseWrite();
        register();
    }

    @Override
    void registered() {
        lockUserAgentsIfNew();
    }
}
