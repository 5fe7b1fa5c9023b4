package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.simulator.settings.HostGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bulk transfers over one uplink of 1 MB/s. The receivers' links are so fast that they have no effect, and every path takes 10 ms. */
class FairLinkTest {

    private static final int MEGABYTE = 1_000_000;
    private static final double MILLISECOND = 1e-3;

    private final VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), 1);
    private final HostGroup slow = new HostGroup("slow", 1, "eu", 2, new Bandwidth(1e6), new Bandwidth(1e12));
    private final HostGroup fast = new HostGroup("fast", 1, "eu", 2, new Bandwidth(1e12), new Bandwidth(1e12));
    private final VirtualNode sender = world.addHost(slow).newNode("sender", false);
    private final List<Double> inboundConnections = new ArrayList<>();

    @Test
    void equalTransfersTogetherTakeAsManyTimesAsLong() {
        List<Connection> connections = new ArrayList<>();
        for (int n = 0; n < 5; n++) connections.add(connect("r" + n));
        long startNanos = world.engine().nowNanos();
        for (Connection connection : connections) send(connection, MEGABYTE);
        run(10);
        assertThat(inboundConnections)
                .hasSize(5)
                .allSatisfy(at -> assertThat(at - startNanos / 1e9).isCloseTo(5.01, within(MILLISECOND)));
    }

    @Test
    void aLateComerHalvesWhatIsLeftOfTheFirst() {
        Connection one = connect("one");
        Connection two = connect("two");
        double start = world.engine().nowNanos() / 1e9;
        send(one, 2 * MEGABYTE);
        run(1);
        send(two, MEGABYTE / 2); // 1 MB and 0.5 MB are left: the second needs 1 s at half speed, the first then 0.5 s
        run(10);
        assertThat(inboundConnections.get(0) - start).isCloseTo(2.01, within(MILLISECOND));
        assertThat(inboundConnections.get(1) - start).isCloseTo(2.51, within(MILLISECOND));
    }

    @Test
    void aTransferWhoseReceiverDiesLeavesTheRestTheWholeLink() {
        Connection one = connect("one");
        VirtualNode dying = world.addHost(fast).newNode("dying", false);
        Connection two = connectTo(dying);
        double start = world.engine().nowNanos() / 1e9;
        send(one, MEGABYTE);
        send(two, MEGABYTE);
        run(1); // half of each has passed
        dying.endpoint().shutdown(true);
        assertThat(sender.host().bulkUp.transfers()).isEqualTo(1);
        run(10);
        assertThat(inboundConnections).hasSize(1);
        assertThat(inboundConnections.get(0) - start).isCloseTo(1.51, within(MILLISECOND));
        assertThat(world.accounts().lost()).isEqualTo(1);
        assertThat(world.invariantsHold()).as(world.accounts().toString()).isTrue();
    }

    @Test
    void halfTheBandwidthTakesTwiceAsLong() {
        Connection one = connect("one");
        double start = world.engine().nowNanos() / 1e9;
        send(one, MEGABYTE);
        world.engine().schedule(500_000_000, () -> sender.host().setBandwidthFactor(0.5));
        run(10);
        assertThat(inboundConnections.get(0) - start).isCloseTo(1.51, within(MILLISECOND));
    }

    private Connection connect(String name) {
        return connectTo(world.addHost(fast).newNode(name, false));
    }

    private Connection connectTo(VirtualNode receiver) {
        receiver.endpoint().listen(new Arrivals());
        DialProbe probe = new DialProbe();
        sender.endpoint().dial(receiver.address(), probe);
        world.runUntil(world.engine().nowNanos() + 100_000_000);
        return probe.connection();
    }

    private void send(Connection connection, int bytes) {
        sender.endpoint().send(connection, Frame.ofBytes(new byte[bytes], MessageKind.PUT_REQUEST), null);
    }

    private void run(int seconds) {
        world.runUntil(world.engine().nowNanos() + seconds * 1_000_000_000L);
    }

    private final class Arrivals implements EndpointListener {
        @Override
        public void connected(Connection connection) {}

        @Override
        public void received(Connection connection, Frame frame) {
            inboundConnections.add(
                    ((VirtualConnection) connection).owner.runtime().nowNanos() / 1e9);
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {}
    }
}
