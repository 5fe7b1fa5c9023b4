package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.wire.MessageKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The state that remains when the other end is killed without a close. */
class LeftOverTest {

    private final List<CloseReason> closed = new ArrayList<>();
    private final List<String> sends = new ArrayList<>();

    @Test
    void withoutKeepingItEndsWithTheIdleTimeout() {
        VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), 1);
        VirtualNode a = node(world, "a");
        VirtualNode b = node(world, "b");
        Connection connection = connect(world, a, b);
        b.endpoint().shutdown(true);
        run(world, 29);
        assertThat(connection.isOpen()).isTrue();
        assertThat(a.endpoint().connectionsLeftOver()).isEqualTo(1);
        run(world, 2);
        assertThat(connection.isOpen()).isFalse();
        assertThat(closed).containsExactly(CloseReason.IDLE);
        assertThat(a.endpoint().openConnections()).isZero();
    }

    @Test
    void keptItStaysForEverAndEvenClosingItLeavesTheEntry() {
        VirtualWorld world = Worlds.world(Worlds.network(0, 0, true), 1);
        VirtualNode a = node(world, "a");
        VirtualNode b = node(world, "b");
        Connection connection = connect(world, a, b);
        b.endpoint().shutdown(true);
        run(world, 33 * 3_600);
        assertThat(connection.isOpen()).as("a zombie").isTrue();
        assertThat(world.eventsPending()).as("costs no events").isZero();
        DialProbe dial = new DialProbe();
        a.endpoint().dial(b.address(), dial);
        run(world, 1);
        assertThat(dial.connection()).as("a later dial thinks it is alive").isSameAs(connection);

        send(a, connection, 10_240);
        long startNanos = world.engine().nowNanos();
        assertThat(world.accounts().lost()).isEqualTo(1);
        world.runUntil(startNanos + Duration.ofMillis(1_009).toNanos());
        assertThat(sends).isEmpty();
        world.runUntil(startNanos + Duration.ofMillis(1_012).toNanos());
        assertThat(sends).as("1 s and 1 ms per KiB after it has left").containsExactly("failed");

        a.endpoint().close(connection, CloseReason.LOCAL);
        run(world, 1);
        assertThat(closed).containsExactly(CloseReason.LOCAL);
        assertThat(connection.isOpen()).isFalse();
        assertThat(a.endpoint().openConnections()).as("still in the table").isEqualTo(1);
        assertThat(a.endpoint().connectionsLeftOver()).isEqualTo(1);
        assertThat(world.invariantsHold()).isTrue();
    }

    @Test
    void aNodeThatComesBackAtTheSameAddressTakesTheEntryOver() {
        VirtualWorld world = Worlds.world(Worlds.network(0, 0, true), 1);
        VirtualNode a = node(world, "a");
        VirtualNode b = node(world, "b");
        Connection old = connect(world, a, b);
        b.endpoint().shutdown(true);
        run(world, 100);
        VirtualNode again = b.host().newNode(b.address().port(), "b again", true);
        again.endpoint().listen(new Closings());
        connect(world, again, a);
        assertThat(old.isOpen()).isFalse();
        assertThat(closed).as("superseded is not announced").isEmpty();
        assertThat(a.endpoint().openConnections()).isEqualTo(1);
        assertThat(a.endpoint().connectionsLeftOver()).isZero();
        assertThat(a.endpoint().connectionsToClients()).isEqualTo(1);
        assertThat(world.invariantsHold()).isTrue();
    }

    @Test
    void isolationBeyondTheIdleTimeoutEndsConnectionsAtBothEnds() {
        VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), 1);
        VirtualNode a = node(world, "a");
        VirtualNode b = node(world, "b");
        connect(world, a, b);
        b.host().isolate(true);
        run(world, 20);
        b.host().isolate(false);
        run(world, 20);
        assertThat(closed).as("a short one is survived").isEmpty();
        b.host().isolate(true);
        run(world, 31);
        assertThat(closed).containsExactly(CloseReason.IDLE, CloseReason.IDLE);
        DialProbe dial = new DialProbe();
        a.endpoint().dial(b.address(), dial);
        run(world, 4);
        assertThat(dial.failure).isNotNull();
        assertThat(world.invariantsHold()).isTrue();
    }

    @Test
    void anIdleWorldCostsNoEvents() {
        VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), 1);
        VirtualNode hub = node(world, "hub");
        for (int i = 0; i < 500; i++) connect(world, node(world, "n" + i), hub);
        assertThat(hub.endpoint().openConnections()).isEqualTo(500);
        long firedBefore = world.eventsFired();
        run(world, 3_600);
        assertThat(world.eventsFired()).isEqualTo(firedBefore);
        assertThat(world.eventsPending()).isZero();
    }

    private VirtualNode node(VirtualWorld world, String name) {
        VirtualNode node = world.addHost(Worlds.group("eu")).newNode(name, false);
        node.endpoint().listen(new Closings());
        return node;
    }

    private static Connection connect(VirtualWorld world, VirtualNode from, VirtualNode to) {
        DialProbe dial = new DialProbe();
        from.endpoint().dial(to.address(), dial);
        world.runUntil(world.engine().nowNanos() + 100_000_000);
        return dial.connection();
    }

    private void send(VirtualNode from, Connection connection, int bytes) {
        from.endpoint().send(connection, Frame.ofBytes(new byte[bytes], MessageKind.PING), new SendListener() {
            @Override
            public void acknowledged() {
                sends.add("acknowledged");
            }

            @Override
            public void sendFailed() {
                sends.add("failed");
            }
        });
    }

    private static void run(VirtualWorld world, int seconds) {
        world.runUntil(world.engine().nowNanos() + seconds * 1_000_000_000L);
    }

    private final class Closings implements EndpointListener {
        @Override
        public void connected(Connection connection) {}

        @Override
        public void received(Connection connection, Frame frame) {}

        @Override
        public void closed(Connection connection, CloseReason reason) {
            closed.add(reason);
        }
    }
}
