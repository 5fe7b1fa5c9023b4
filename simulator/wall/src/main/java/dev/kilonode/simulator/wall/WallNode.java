package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.base.AbstractEndpoint;
import dev.kilonode.node.link.provider.EndpointSpec;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.kernel.world.NodeSpec;
import dev.kilonode.simulator.kernel.world.NodeTimers;
import dev.kilonode.simulator.kernel.world.RemoteNodes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One life of a node in wall time. */
final class WallNode implements NodeHandle {

    private final WallWorld world;
    private final WallHost host;
    private final boolean client;
    private final WallRuntime runtime;
    private final WallEndpoint endpoint;
    private final boolean counts;
    private @Nullable AbstractEndpoint socket;

    WallNode(WallWorld world, WallHost host, NodeAddress address, NodeSpec spec) {
        this.world = world;
        this.host = host;
        this.client = spec.client();
        this.counts = spec.reads(); // the connections of an attacker's own endpoint are not part of the network
        this.runtime = new WallRuntime(world, host, world.seeds().stream("node/" + spec.name()));
        this.endpoint = new WallEndpoint(world, this, address);
        world.workers().open(() -> open(address, spec));
    }

    /**
     * Opens the endpoint on a worker, because keys, certificate and socket take milliseconds. If the address is not available, the run
     * fails.
     */
    private void open(NodeAddress address, NodeSpec spec) {
        try {
            NodeLoop home = host.home();
            AbstractEndpoint opened = world.link()
                    .open(new EndpointSpec(
                            address,
                            spec.self(),
                            spec.keys(),
                            home.inbox(),
                            runtime,
                            LinkConfigs.of(spec, world.linkConfig()),
                            home.sockets()));
            home.execute(() -> opened(opened));
        } catch (Throwable e) {
            world.fail(e);
        }
    }

    private void opened(AbstractEndpoint opened) {
        if (!endpoint.opened(opened) || !counts) return;
        socket = opened;
        world.linkTotals().opened(opened);
    }

    @Override
    public WallRuntime runtime() {
        return runtime;
    }

    @Override
    public WallEndpoint endpoint() {
        return endpoint;
    }

    /** Called after the shutdown. */
    void closed() {
        if (socket != null) world.linkTotals().closed(socket);
    }

    WallHost host() {
        return host;
    }

    NodeAddress address() {
        return endpoint.localAddress();
    }

    @Override
    public int connectionsToNodes() {
        return count(RemoteNodes.Peer.NODE);
    }

    @Override
    public int connectionsToClients() {
        return count(RemoteNodes.Peer.CLIENT);
    }

    @Override
    public int connectionsLeftOver() {
        return endpoint.tableSize() - connectionsToNodes() - connectionsToClients();
    }

    private int count(RemoteNodes.Peer kind) {
        int count = 0;
        for (Connection connection : endpoint.connections()) {
            if (world.peerAt(connection.remote()) == kind) count++;
        }
        return count;
    }

    boolean isClient() {
        return client;
    }

    /** Closes all connections to other hosts. */
    void closeAcross(CloseReason reason) {
        for (Connection connection : endpoint.connections()) {
            if (connection.remote().ip() != host.ip()) endpoint.close(connection, reason);
        }
    }

    /** Closes all connections to the host at {@code ip}. */
    void closeTo(int ip, CloseReason reason) {
        for (Connection connection : endpoint.connections()) {
            if (connection.remote().ip() == ip) endpoint.close(connection, reason);
        }
    }

    @Override
    public long registrations() {
        return endpoint.registrations();
    }

    @Override
    public long registrationNanos() {
        return endpoint.registrationNanos();
    }

    @Override
    public long starvations() {
        return endpoint.starvations();
    }

    @Override
    public int addressesRemembered() {
        return 0;
    }

    @Override
    public void forEachConnection(Consumer<Connection> visitor) {
        endpoint.connections().forEach(visitor);
    }

    @Override
    public @Nullable Connection connectionTo(NodeAddress remote) {
        return endpoint.connectionTo(remote);
    }

    @Override
    public boolean isLeftOver(Connection connection) {
        return !world.isAlive(connection.remote());
    }

    @Override
    public NodeTimers timers() {
        return runtime;
    }

    @Override
    public long logLines() {
        return 0;
    }
}
