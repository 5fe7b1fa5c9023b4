package dev.kilonode.node.transport;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.ConnectionEvent;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.observe.SuppressedEvent;
import dev.kilonode.node.runtime.NodeRuntime;
import dev.kilonode.node.transport.ConnectionEventsConfig.Dedup;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Handles the endpoint's events. Where configured, connections pass the filter of seen addresses, the accept loop and the broadcasts, and
 * frames of connections without a reader are set aside. Otherwise everything passes straight through.
 */
final class InboundConnections implements EndpointListener {

    private final TransportContext context;
    private final Connections connections;
    private final Dispatcher dispatcher;
    private final NodeObserver observer;
    private final boolean marksAtAccept;
    private final @Nullable SeenAddresses seen;
    private final @Nullable AcceptHandOff handOff;
    private final @Nullable ConnectionMonitor monitor;
    private final UnreadConnections unread;

    /** Whether no configured stage leaves a connection unread; saves checking for unread ones. */
    private final boolean readsAll;

    InboundConnections(
            TransportConfig config,
            NodeRuntime runtime,
            TransportContext context,
            Connections connections,
            Dispatcher dispatcher,
            Sharding sharding,
            NodeObserver observer) {
        this.context = context;
        this.connections = connections;
        this.dispatcher = dispatcher;
        this.observer = observer;
        ConnectionEventsConfig events = config.connectionEvents();
        marksAtAccept = events.dedup() == Dedup.MARKED_AT_ACCEPT;
        seen = events.dedup() == Dedup.NONE ? null : new SeenAddresses();
        handOff = config.accept().slots() == 0
                ? null
                : new AcceptHandOff(config.accept(), context.registry(), observer, this::read);
        monitor = events.broadcastSlots() == 0
                ? null
                : new ConnectionMonitor(events, runtime, context, connections, observer);
        unread = new UnreadConnections(observer, sharding);
        readsAll = seen == null && handOff == null;
    }

    @Override
    public void connected(Connection connection) {
        if (context.isClosed()) return;
        observer.count(Metric.CONNECTION_EVENTS, connection.dialled());
        boolean heldBack = seen != null && !seen.cameUp(connection);
        if (connection.dialled()) {
            if (heldBack) {
                observer.count(Metric.EVENTS_SUPPRESSED, SuppressedEvent.DIALLED_UNANNOUNCED);
                connections.connectedUnannounced(connection);
            } else {
                up(connection);
            }
        } else if (heldBack) {
            observer.count(Metric.EVENTS_SUPPRESSED, SuppressedEvent.ACCEPTED_UNREAD);
            unread.add(connection);
        } else if (handOff != null) {
            unread.add(connection);
            handOff.offer(connection);
        } else {
            read(connection);
        }
    }

    @Override
    public void received(Connection connection, Frame frame) {
        if (!readsAll && !unread.isEmpty() && unread.keep(connection, frame)) return;
        if (monitor != null) monitor.publish(ConnectionEvent.DATA, null);
        dispatcher.received(connection, frame);
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
        if (context.isClosed()) return;
        if (seen != null) seen.ended(connection, reason);
        if (unread.ended(connection)) return; // its coming up was not reported
        if (monitor == null) connections.closed(connection);
        else monitor.publish(ConnectionEvent.DOWN, connection);
    }

    void shutdown() {
        if (handOff != null) handOff.shutdown();
        if (monitor != null) monitor.shutdown();
        unread.shutdown();
    }

    /** Number of open connections without a reader, for now or for good. */
    int unread() {
        return unread.size();
    }

    /** Number of accepted connections that wait for the accept loop. */
    int handOffDepth() {
        return handOff == null ? 0 : handOff.waiting();
    }

    /** Number of addresses whose next connection will be suppressed. */
    int silentAddresses() {
        return seen == null ? 0 : seen.silent();
    }

    /** Passes each connection with an event that has not been handled yet. */
    void forEachPending(Consumer<Connection> visitor) {
        if (monitor != null) monitor.forEachPending(visitor);
    }

    boolean invariantsHold() {
        return unread.invariantsHold()
                && (handOff == null || handOff.invariantsHold())
                && (monitor == null || monitor.invariantsHold());
    }

    /** Starts reading an accepted connection. */
    private void read(Connection connection) {
        if (marksAtAccept) observer.count(Metric.EVENTS_SUPPRESSED, SuppressedEvent.MARKED_AT_ACCEPT);
        up(connection);
        if (unread.isEmpty()) return;
        for (Frame frame : unread.read(connection)) received(connection, frame);
    }

    private void up(Connection connection) {
        if (monitor == null) connections.connected(connection);
        else monitor.publish(ConnectionEvent.UP, connection);
    }
}
