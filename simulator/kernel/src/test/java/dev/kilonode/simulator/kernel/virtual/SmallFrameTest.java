package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.simulator.settings.HostGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrival times of small frames: 1 MB/s up and down, so that 1,000 bytes take 1 ms on each link. */
class SmallFrameTest {

    private VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), 1);
    private VirtualNode receiver = node("eu");
    private final List<Long> arrivalMicros = new ArrayList<>();

    @Test
    void framesQueueOnTheUplinkAndOverlapOnTheWay() {
        VirtualNode sender = node("eu");
        Connection connection = connect(sender);
        long start = world.engine().nowNanos();
        send(sender, connection);
        send(sender, connection);
        awaitDelivery();
        assertThat(since(start)).containsExactly(12_000L, 13_000L); // 1 ms up, 10 ms in transit, 1 ms down
    }

    @Test
    void framesThatMeetQueueOnTheDownlinkAndCostOneEventMore() {
        VirtualNode one = node("eu");
        VirtualNode two = node("eu");
        Connection first = connect(one);
        Connection second = connect(two);
        long start = world.engine().nowNanos();
        long firedBefore = world.eventsFired();
        send(one, first);
        send(two, second);
        awaitDelivery();
        assertThat(since(start)).containsExactly(12_000L, 13_000L);
        assertThat(world.eventsFired() - firedBefore).isEqualTo(3);
    }

    @Test
    void aFrameFromFarAwayDoesNotHoldUpOneFromNearby() {
        VirtualNode far = node("us");
        VirtualNode near = node("eu");
        Connection fromFar = connect(far);
        Connection fromNear = connect(near);
        long start = world.engine().nowNanos();
        send(far, fromFar);
        send(near, fromNear);
        awaitDelivery();
        assertThat(since(start)).containsExactly(12_000L, 52_000L);
    }

    @Test
    void bothEndsPayForTheDatagramsAndTheFrameDoesNotWaitForThat() {
        Duration perDatagram = Duration.ofMillis(1);
        world = Worlds.world(Worlds.network(0, 0, true), Worlds.costs(Worlds.FREE, perDatagram, Worlds.NO_LOCK), 1);
        receiver = node("eu");
        VirtualNode sender = node("eu");
        Connection connection = connect(sender);
        long start = world.engine().nowNanos();
        send(sender, connection);
        awaitDelivery();
        assertThat(since(start)).containsExactly(12_000L);
        for (VirtualNode end : List.of(sender, receiver)) {
            assertThat(end.host().processors().busyNanos(world.engine().nowNanos()))
                    .isEqualTo(perDatagram.toNanos());
        }
    }

    private VirtualNode node(String region) {
        HostGroup group = new HostGroup("slow", 1, region, 1, new Bandwidth(1e6), new Bandwidth(1e6));
        VirtualNode node = world.addHost(group).newNode("n" + world.hosts().size(), false);
        node.endpoint().listen(new EndpointListener() {
            @Override
            public void connected(Connection connection) {}

            @Override
            public void received(Connection connection, Frame frame) {
                arrivalMicros.add(node.runtime().nowNanos() / 1_000);
            }

            @Override
            public void closed(Connection connection, CloseReason reason) {}
        });
        return node;
    }

    private Connection connect(VirtualNode from) {
        DialProbe dial = new DialProbe();
        from.endpoint().dial(receiver.address(), dial);
        awaitDelivery();
        return dial.connection();
    }

    private void send(VirtualNode from, Connection connection) {
        from.endpoint().send(connection, Frame.ofBytes(new byte[1_000], MessageKind.PING), null);
    }

    private void awaitDelivery() {
        world.runUntil(world.engine().nowNanos() + 1_000_000_000L);
    }

    private List<Long> since(long startNanos) {
        return arrivalMicros.stream().map(at -> at - startNanos / 1_000).toList();
    }
}
