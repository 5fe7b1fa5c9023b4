package dev.kilonode.simulator.wall;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.real.RealEndpoint;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.world.NodePlace;
import dev.kilonode.simulator.world.Occupant;
import org.jspecify.annotations.Nullable;

/** One life of a node in wall time. */
final class WallNode implements NodePlace {

    private final WallWorld world;
    private final WallHost host;
    private final boolean client;
    private final WallRuntime runtime;
    private final WallEndpoint endpoint;
    private final @Nullable RealEndpoint counted;

    /** @throws LinkException if nobody can listen at {@code address} */
    WallNode(WallWorld world, WallHost host, NodeAddress address, Occupant occupant) {
        this.world = world;
        this.host = host;
        this.client = occupant.client();
        this.runtime = new WallRuntime(world, host, world.seeds().stream("node/" + occupant.name()));
        RealEndpoint socket = world.link().open(address, occupant, world.inbox(), runtime);
        this.endpoint = new WallEndpoint(world, this, socket);
        // What happens to a rogue's own endpoint is not the network's.
        counted = occupant.deaf() ? null : socket;
        if (counted != null) world.linkTotals().opened(counted);
    }

    @Override
    public WallRuntime runtime() {
        return runtime;
    }

    @Override
    public WallEndpoint endpoint() {
        return endpoint;
    }

    /** It has been shut down. */
    void closed() {
        if (counted != null) world.linkTotals().closed(counted);
    }

    WallHost host() {
        return host;
    }

    NodeAddress address() {
        return endpoint.localAddress();
    }

    @Override
    public int connectionsToNodes() {
        return count(false);
    }

    @Override
    public int connectionsToClients() {
        return count(true);
    }

    @Override
    public int connectionsLeftOver() {
        return endpoint.tableSize() - connectionsToNodes() - connectionsToClients();
    }

    private int count(boolean clients) {
        int count = 0;
        for (Connection connection : endpoint.connections()) {
            WallNode other = world.at(connection.remote());
            if (other != null && other.client == clients) count++;
        }
        return count;
    }

    /** Ends all connections to other hosts. */
    void closeAcross(CloseReason reason) {
        for (Connection connection : endpoint.connections()) {
            WallNode other = world.at(connection.remote());
            if (other != null && other.host == host) continue;
            endpoint.close(connection, reason);
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
    public long logLines() {
        return 0;
    }
}
