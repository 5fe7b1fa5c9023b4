package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.link.Connection;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.kernel.world.NodeTimers;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the virtual world that belong to one node.
 *
 * @param name as in the run
 * @param host where it runs
 */
public record VirtualNode(String name, VirtualHost host, VirtualRuntime runtime, VirtualEndpoint endpoint)
        implements NodeHandle {

    public NodeAddress address() {
        return endpoint.localAddress();
    }

    @Override
    public int connectionsToNodes() {
        return endpoint.connectionsToNodes();
    }

    @Override
    public int connectionsToClients() {
        return endpoint.connectionsToClients();
    }

    @Override
    public int connectionsLeftOver() {
        return endpoint.connectionsLeftOver();
    }

    @Override
    public long registrations() {
        return endpoint.lock().registrations();
    }

    @Override
    public long registrationNanos() {
        return endpoint.lock().totalNanos();
    }

    @Override
    public long starvations() {
        return endpoint.lock().starvations();
    }

    @Override
    public int addressesRemembered() {
        return endpoint.addressesRemembered();
    }

    @Override
    public void forEachConnection(Consumer<Connection> visitor) {
        endpoint.forEachConnection(visitor);
    }

    @Override
    public @Nullable Connection connectionTo(NodeAddress remote) {
        return endpoint.connectionTo(remote);
    }

    @Override
    public boolean isLeftOver(Connection connection) {
        return ((VirtualConnection) connection).origin == VirtualConnection.LEFT_OVER;
    }

    @Override
    public NodeTimers timers() {
        return runtime;
    }

    @Override
    public long logLines() {
        return endpoint.logLines();
    }
}
