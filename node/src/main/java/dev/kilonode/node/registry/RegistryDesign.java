package dev.kilonode.node.registry;

import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import java.util.Locale;

/** The built-in locking designs. */
public enum RegistryDesign implements RegistryProvider {
    /** One consumer, three write locks and an awaited registration per message: the state before sharding. */
    SINGLE_CONSUMER,
    /** The peer map's write lock is held during the registration: the failing testnet. */
    LOCK_ACROSS_REGISTRATION,
    /** Short separate scopes, registration without locks: the fix, with its stale-peer race. */
    SCOPED_LOCKS,
    /** One short scope under both locks: the reviewer's hardening. */
    PAIRED_LOCKS,
    /** Concurrent maps without locks to wait for, registration first: the later design. */
    STRIPED_MAPS,
    /** Recorded once per connection, when it is established: the alternative. */
    AT_HANDSHAKE;

    /** The name in scenarios, such as {@code scoped-locks}. */
    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public boolean canEnumerate() {
        return true;
    }

    @Override
    public boolean isStatePerNode() {
        return true;
    }

    @Override
    public PeerRegistry create(
            NodeRuntime runtime, Endpoint endpoint, NodeObserver observer, PeerRegistry.Listener listener) {
        return switch (this) {
            case SINGLE_CONSUMER ->
                new LockedRegistry(runtime, endpoint, observer, listener, SingleConsumerRegistrar::new) {
                    @Override
                    public int consumers(int shards) {
                        return 1;
                    }
                };
            case LOCK_ACROSS_REGISTRATION ->
                new LockedRegistry(runtime, endpoint, observer, listener, LockAcrossRegistrar::new);
            case SCOPED_LOCKS -> new LockedRegistry(runtime, endpoint, observer, listener, ScopedRegistrar::new);
            case PAIRED_LOCKS -> new LockedRegistry(runtime, endpoint, observer, listener, PairedRegistrar::new);
            case STRIPED_MAPS -> new StripedRegistry(runtime, endpoint, observer, listener);
            case AT_HANDSHAKE -> new HandshakeRegistry(runtime, endpoint, observer, listener);
        };
    }
}
