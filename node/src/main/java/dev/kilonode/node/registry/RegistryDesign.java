package dev.kilonode.node.registry;

import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.NodeRuntime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** The locking designs, by the names that scenarios use. */
public enum RegistryDesign {
    /** One consumer, three write locks and an awaited registration per message: before sharding. */
    SINGLE_CONSUMER,
    /** The peer map's write lock held over the registration: the failing testnet. */
    LOCK_ACROSS_REGISTRATION,
    /** Short separate scopes, registration without locks: the fix, with its stale-peer race. */
    SCOPED_LOCKS,
    /** One short scope under both locks: the reviewer's hardening. */
    PAIRED_LOCKS,
    /** No locks to wait for, registration first: the later design. */
    STRIPED_MAPS,
    /** Recorded once per connection, when it is established: the alternative. */
    AT_HANDSHAKE;

    /** The name in a scenario, such as {@code scoped-locks}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException for an unknown name; the message lists the known and the nearest */
    public static RegistryDesign byName(String name) {
        for (RegistryDesign design : values()) {
            if (design.label().equals(name)) return design;
        }
        String known = Arrays.stream(values()).map(RegistryDesign::label).collect(Collectors.joining(", "));
        RegistryDesign nearest = Arrays.stream(values())
                .min(Comparator.comparingInt(design -> editDistance(name.toLowerCase(Locale.ROOT), design.label())))
                .orElseThrow();
        boolean near = editDistance(name.toLowerCase(Locale.ROOT), nearest.label())
                <= nearest.label().length() / 2;
        throw new IllegalArgumentException("registry: got \"" + name + "\", expected one of " + known
                + (near ? "; did you mean " + nearest.label() + "?" : ""));
    }

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

    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
