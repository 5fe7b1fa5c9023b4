package dev.kilonode.simulator.kernel.world;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.wire.NodeAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One life of a node in a world, and the counters that can be read from outside. Called on the run's thread. */
public interface NodeHandle {

    NodeRuntime runtime();

    Endpoint endpoint();

    /** Table entries for connections to nodes whose end is still open. */
    int connectionsToNodes();

    /** Table entries for connections to clients whose end is still open. */
    int connectionsToClients();

    /** Table entries whose other end is gone without a close. */
    int connectionsLeftOver();

    /** Registrations requested at the endpoint so far. */
    long registrations();

    /** Sum of the durations of all registrations, from request to completion. */
    long registrationNanos();

    /** Registrations that suffered a starvation at the endpoint's lock. */
    long starvations();

    /** Entries in the endpoint's address history; 0 if it has none. */
    int addressesRemembered();

    /** Passes each entry of the endpoint's table of connections to {@code visitor}, closed ones included. */
    void forEachConnection(Consumer<Connection> visitor);

    /** The entry for the connection to {@code remote}, or null. */
    @Nullable
    Connection connectionTo(NodeAddress remote);

    /** Whether the other end of {@code connection}, an entry of the table, is gone without a close. */
    boolean isLeftOver(Connection connection);

    NodeTimers timers();

    /** Log lines written at a cost; 0 where logging costs nothing. */
    long logLines();
}
