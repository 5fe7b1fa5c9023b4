package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.Endpoint;
import dev.kilonode.node.link.EndpointContract;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.settings.WorkCost;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The endpoint contract in virtual time with jitter, loss and costs. */
class VirtualEndpointTest extends EndpointContract {

    private final VirtualWorld world = Worlds.world(
            Worlds.network(0.5, 0.01, false),
            Worlds.costs(
                    new WorkCost(Duration.ofNanos(300_000), Duration.ZERO, "test"),
                    Duration.ofNanos(25_000),
                    Worlds.NO_LOCK),
            7);

    @Override
    protected Endpoint newEndpoint() {
        String name = "n" + world.hosts().size();
        return world.addHost(Worlds.group("eu")).newNode(name, false).endpoint();
    }

    @Override
    protected NodeAddress deadAddress() {
        return new NodeAddress(10 << 24 | 99, 1234);
    }

    @Override
    protected void on(Endpoint endpoint, Runnable call) {
        call.run();
    }

    @Override
    protected boolean isOnThreadOf(Endpoint endpoint) {
        return true; // there is only one thread
    }

    @Override
    protected void await(String expected, BooleanSupplier condition) {
        long limitNanos = world.engine().nowNanos() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean() && world.engine().nowNanos() < limitNanos) {
            world.runUntil(world.engine().nowNanos() + 1_000_000);
        }
        assertThat(condition.getAsBoolean()).as(expected).isTrue();
        assertThat(world.invariantsHold()).as(world.accounts().toString()).isTrue();
    }

    @Override
    protected void awaitDelivery() {
        world.runUntil(world.engine().nowNanos() + Duration.ofSeconds(2).toNanos());
    }
}
