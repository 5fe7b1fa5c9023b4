package dev.kilonode.node.transport;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.NodeAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remote addresses whose connections have been reported, each with its current connection. An entry is removed when that connection
 * closes with a reason. When the connection times out idle, the entry stays, and the next connection with this address is suppressed. A
 * connection that replaces an open one is reported. The table grows with idle timeouts, never with time.
 */
final class SeenAddresses {

    private static final class Seen {
        private Connection current;
        private boolean silent;

        Seen(Connection current) {
            this.current = current;
        }
    }

    private final Map<NodeAddress, Seen> addresses = new HashMap<>(); // looked up, never iterated over
    private int silent;

    /** @return whether to report the connection: false if its address is left over from one that timed out idle */
    boolean cameUp(Connection connection) {
        Seen seen = addresses.get(connection.remote());
        if (seen == null) {
            addresses.put(connection.remote(), new Seen(connection));
            return true;
        }
        if (!seen.silent) {
            seen.current = connection; // two dials at once, and this one is kept
            return true;
        }
        if (connection.dialled()) { // the dialling side reads it all the same, and so notices its end
            seen.current = connection;
            seen.silent = false;
            silent--;
        }
        return false;
    }

    /** A suppressed connection that is never read ends without effect: the entry is not its own. */
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

    /** Number of addresses whose next connection will be suppressed. */
    int silent() {
        return silent;
    }

    private @Nullable Seen seenAs(Connection connection) {
        Seen seen = addresses.get(connection.remote());
        return seen != null && seen.current == connection ? seen : null;
    }
}
