package dev.kilonode.node.transport;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.NodeAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses whose connections have been told of, each with the connection that stands for it. An entry goes when that
 * connection ends with a reason. When it dies of silence the entry stays, and the next connection with this address is held
 * back. A connection that takes a living one's place is told of. Grows with deaths by silence, never with time.
 */
final class SeenAddresses {

    private static final class Seen {
        private Connection told;
        private boolean silent;

        Seen(Connection told) {
            this.told = told;
        }
    }

    private final Map<NodeAddress, Seen> addresses = new HashMap<>(); // looked up, never iterated over
    private int silent;

    /** @return whether to tell of it: false when its address is left over from a connection that died of silence */
    boolean cameUp(Connection connection) {
        Seen seen = addresses.get(connection.remote());
        if (seen == null) {
            addresses.put(connection.remote(), new Seen(connection));
            return true;
        }
        if (!seen.silent) {
            seen.told = connection; // two dials at once, and this one is kept
            return true;
        }
        if (connection.dialled()) { // read by the dialling side all the same, and so its end will be noticed
            seen.told = connection;
            seen.silent = false;
            silent--;
        }
        return false;
    }

    /** A connection held back and never read ends unnoticed: the entry is not its own. */
    void ended(Connection connection, CloseReason reason) {
        Seen seen = seenAs(connection);
        if (seen == null) return;
        if (reason != CloseReason.IDLE) {
            addresses.remove(connection.remote());
            if (seen.silent) silent--;
        } else if (!seen.silent) {
            seen.silent = true;
            silent++;
        }
    }

    /** Addresses whose next connection will be held back. */
    int silent() {
        return silent;
    }

    private @Nullable Seen seenAs(Connection connection) {
        Seen seen = addresses.get(connection.remote());
        return seen != null && seen.told == connection ? seen : null;
    }
}
