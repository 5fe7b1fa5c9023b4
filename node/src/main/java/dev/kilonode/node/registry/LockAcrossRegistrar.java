package dev.kilonode.node.registry;

import dev.kilonode.node.registry.PeerMaps.Added;

/**
 * {@code lock-across-registration}: holds the peer map's write lock while the endpoint registers the peer, so that one slow registration
 * blocks the consumers of all shards.
 */
final class LockAcrossRegistrar extends LockedRegistrar {

    LockAcrossRegistrar(LockedRegistry registry) {
        super(registry);
    }

    @Override
    void begin() {
        lockPeers();
    }

    @Override
    void peersLocked() {
        if (addPeer() == Added.NOTHING) register();
        else lockChannels();
    }

    @Override
    void channelsLocked() {
        addSender();
        registry.channelsLock.releaseWrite();
        register();
    }

    @Override
    void registered() {
        registry.peersLock.releaseWrite();
        lockUserAgentsIfNew();
    }
}
