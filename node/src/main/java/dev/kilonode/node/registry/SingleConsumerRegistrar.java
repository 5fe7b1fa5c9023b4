package dev.kilonode.node.registry;

import dev.kilonode.node.registry.PeerMaps.Added;

/** {@code single-consumer}: three write locks per message; the peer map's is held until the registration is done. */
final class SingleConsumerRegistrar extends LockedRegistrar {

    SingleConsumerRegistrar(LockedRegistry registry) {
        super(registry);
    }

    @Override
    void begin() {
        lockPeers();
    }

    @Override
    void peersLocked() {
        addPeer();
        lockChannels();
    }

    @Override
    void channelsLocked() {
        if (added() != Added.NOTHING) addSender();
        registry.channelsLock.releaseWrite();
        register();
    }

    @Override
    void registered() {
        registry.peersLock.releaseWrite();
        lockUserAgents();
    }
}
