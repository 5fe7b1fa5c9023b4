package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.settings.HostGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links, paths and connections of hosts that change while frames are under way. 1,000 bytes take 1 ms on a slow link, paths 10 ms. */
class LinkChangesTest {

    private static final double MILLISECOND = 1e6;
    private static final int FRAME = 1_000;
    private static final int FRAMES = 20;

    private VirtualWorld world = Worlds.world(Worlds.network(0, 0, false), 1);
    private final HostGroup slow = group(1e6);
    private final HostGroup fast = group(1e12);

    /** Times of arrival in ms since {@link #start}. */
    private final List<Double> arrivals = new ArrayList<>();

    private final List<String> outcomes = new ArrayList<>();
    private long start;

    /** Changes of one host: time in ms, factor, time, factor, and so on. */
    private static final List<double[]> CHANGES = List.of(
            new double[] {3.5, 0.1, 40, 1},
            new double[] {3.5, 0.001},
            new double[] {0, 0.5, 8, 1},
            new double[] {0, 0.25, 1_000, 1},
            new double[] {3.5, 4, 6, 1},
            new double[] {5, 0.2, 5.001, 0.5, 9, 1},
            new double[] {12.25, 0.1, 14.5, 1},
            new double[] {2, 0.5, 4, 2, 6, 1});

    @Test
    void framesThatWaitForTheUplinkLeaveAtItsPresentRate() {
        for (double[] changes : CHANGES) {
            VirtualNode sender = fresh(slow);
            Connection connection = connect(sender, receiver(fast));
            change(changes, factor -> sender.host().setBandwidthFactor(factor));
            for (int i = 0; i < FRAMES; i++) send(sender, connection, FRAME);
            checkGauge(() -> sender.host().bytesUp(), 0, changes);
            run(100_000);
            assertThat(arrivals).as(Arrays.toString(changes)).hasSize(FRAMES);
            for (int i = 0; i < FRAMES; i++) {
                assertThat(arrivals.get(i))
                        .as("frame %d of %s", i, Arrays.toString(changes))
                        .isCloseTo(10 + timeToPass((i + 1) * FRAME, 0, changes), within(1e-3));
            }
        }
    }

    @Test
    void framesThatWaitForTheDownlinkArriveAtItsPresentRate() {
        for (double[] changes : CHANGES) {
            VirtualNode sender = fresh(fast);
            VirtualNode receiver = receiver(slow);
            Connection connection = connect(sender, receiver);
            change(changes, factor -> receiver.host().setBandwidthFactor(factor));
            for (int i = 0; i < FRAMES; i++) send(sender, connection, FRAME);
            checkGauge(() -> receiver.host().bytesDown(), 10, changes);
            run(100_000);
            assertThat(arrivals).as(Arrays.toString(changes)).hasSize(FRAMES);
            for (int i = 0; i < FRAMES; i++) {
                assertThat(arrivals.get(i))
                        .as("frame %d of %s", i, Arrays.toString(changes))
                        .isCloseTo(timeToPass((i + 1) * FRAME, 10, changes), within(1e-3));
            }
        }
    }

    @Test
    void bulkTransfersAreServedAtThePresentRateInBothDirections() {
        for (double[] changes : CHANGES) {
            for (boolean uplink : new boolean[] {true, false}) {
                VirtualNode sender = fresh(uplink ? slow : fast);
                VirtualNode receiver = receiver(uplink ? fast : slow);
                Connection connection = connect(sender, receiver);
                VirtualHost host = uplink ? sender.host() : receiver.host();
                change(changes, host::setBandwidthFactor);
                int bytes = 100_000;
                send(sender, connection, bytes);
                double from = uplink ? 0 : 10;
                checkGauge(uplink ? host::bytesUp : host::bytesDown, from, changes, bytes);
                run(1_000_000);
                double passed = timeToPass(bytes, from, changes);
                assertThat(arrivals)
                        .as(Arrays.toString(changes))
                        .singleElement()
                        .satisfies(at -> assertThat(at).isCloseTo(uplink ? passed + 10 : passed, within(0.01)));
            }
        }
    }

    /** Small frames need half of the narrow link and leave the rest to bulk transfers. */
    @Test
    void onANarrowedLinkSmallFramesAndBulkTransfersTogetherNeverPassMoreThanItsBandwidth() {
        VirtualNode sender = fresh(slow);
        Connection connection = connect(sender, receiver(fast));
        at(5, () -> sender.host().setBandwidthFactor(0.1));
        at(2_005, () -> sender.host().setBandwidthFactor(1));
        at(5.001, () -> send(sender, connection, 200_000));
        for (int i = 0; i < 100; i++) at(6 + 20 * i, () -> send(sender, connection, FRAME)); // 10 ms each
        at(5.0005, () -> sender.host().bytesUp());
        run(5);
        long before = sender.host().bytesUp();
        for (double now = 55; now <= 2_005; now += 50) {
            run(now);
            long passed = sender.host().bytesUp();
            assertThat(passed - before).as("at %s ms", now).isBetween(4_990L, 5_001L); // 100 bytes in a ms
            before = passed;
        }
        run(2_200); // the link has all its bandwidth again and a tenth of a megabyte is left: a tenth of a second
        assertThat(arrivals).hasSize(101);
        assertThat(arrivals.get(100)).isCloseTo(2_005 + 100 + 10, within(2.0));
        assertThat(sender.host().bytesUp()).isBetween(299_990L, 300_001L);
    }

    @Test
    void aFrameTakesTheLatencyOfTheMomentAtWhichItLeaves() {
        for (boolean ofSender : new boolean[] {true, false}) {
            VirtualNode sender = fresh(slow);
            VirtualNode receiver = receiver(fast);
            Connection connection = connect(sender, receiver);
            VirtualHost host = ofSender ? sender.host() : receiver.host();
            at(4.5, () -> host.setLatencyFactor(30));
            at(9.5, () -> host.setLatencyFactor(3));
            at(12.5, () -> host.setLatencyFactor(1));
            for (int i = 0; i < FRAMES; i++) send(sender, connection, FRAME);
            run(1_000);
            List<Double> expected = new ArrayList<>();
            for (int left = 1; left <= FRAMES; left++) {
                expected.add(left + (left < 4.5 || left > 12.5 ? 10.0 : left < 9.5 ? 300 : 30));
            }
            expected.sort(null);
            assertThat(arrivals).hasSize(FRAMES);
            for (int i = 0; i < FRAMES; i++) assertThat(arrivals.get(i)).isCloseTo(expected.get(i), within(1e-3));
        }
    }

    @Test
    void aFrameIsRetransmittedByTheLossOfTheMomentAtWhichItLeaves() {
        world = Worlds.world(Worlds.network(0, 1e-9, false), 1);
        VirtualNode sender = receiver(slow);
        Connection connection = connect(sender, receiver(fast));
        at(4.5, () -> sender.host().setLossFactor(1e9));
        at(9.5, () -> sender.host().setLossFactor(1));
        for (int i = 0; i < FRAMES; i++) send(sender, connection, FRAME);
        run(1_000);
        assertThat(arrivals).hasSize(FRAMES);
        assertThat(arrivals.subList(0, 15)).allSatisfy(at -> assertThat(at).isLessThan(31));
        assertThat(arrivals.subList(15, 20)).allSatisfy(at -> assertThat(at).isBetween(214.0, 220.0));
    }

    @Test
    void framesThatLeaveWhileTheirHostIsCutOffAreLostAndThoseThatWaitLongerArrive() {
        for (boolean ofSender : new boolean[] {true, false}) {
            VirtualNode sender = fresh(slow);
            VirtualNode receiver = receiver(fast);
            Connection connection = connect(sender, receiver);
            VirtualHost host = ofSender ? sender.host() : receiver.host();
            at(4.5, () -> host.isolate(true));
            at(6.2, () -> send(sender, connection, FRAME)); // waits for the uplink until it is connected again
            at(9.5, () -> host.isolate(false));
            for (int i = 0; i < FRAMES; i++) send(sender, connection, FRAME);
            run(2_000);
            // the first four left before and would arrive after it
            assertThat(arrivals).hasSize(FRAMES + 1 - 5).doesNotContain(15.0, 16.0, 17.0, 18.0, 19.0);
            assertThat(outcomes)
                    .hasSize(FRAMES + 1)
                    .filteredOn("failed"::equals)
                    .hasSize(5);
            assertThat(world.invariantsHold()).as(world.accounts().toString()).isTrue();
        }
    }

    @Test
    void anAcknowledgementThatMeetsACutIsLost() {
        VirtualNode sender = fresh(slow);
        Connection connection = connect(sender, receiver(fast));
        at(15, () -> sender.host().isolate(true));
        at(25, () -> sender.host().isolate(false));
        send(sender, connection, FRAME);
        run(900);
        assertThat(arrivals).hasSize(1);
        assertThat(outcomes).isEmpty();
        run(1_100);
        assertThat(outcomes).containsExactly("failed");
    }

    @Test
    void aBulkTransferOnALinkIsLostWithTheCutAndLeavesTheLinkToOthers() {
        VirtualNode sender = fresh(slow);
        Connection lost = connect(sender, receiver(fast));
        Connection local = connect(sender, node(sender.host()));
        at(50, () -> sender.host().isolate(true));
        at(60, () -> sender.host().isolate(false));
        send(sender, lost, 100_000);
        send(sender, local, 100_000);
        run(5_000);
        assertThat(arrivals).hasSize(1);
        // 25 kB of each have passed when the cut begins; the downlink of the same host takes 100 ms more
        assertThat(arrivals.get(0)).isCloseTo(50 + 75 + 10 + 100, within(0.01));
        assertThat(sender.host().bytesUp()).isBetween(124_990L, 125_200L);
        assertThat(outcomes).containsExactlyInAnyOrder("acknowledged", "failed");
        assertThat(world.invariantsHold()).as(world.accounts().toString()).isTrue();
    }

    @Test
    void aSenderThatWouldHaveGivenUpIsAnsweredIfTheDownlinkRecoversInTime() {
        VirtualNode sender = fresh(fast);
        VirtualNode receiver = receiver(slow);
        Connection connection = connect(sender, receiver);
        receiver.host().setBandwidthFactor(1e-4); // 1,000 bytes take 10 s, patience is 1 s
        send(sender, connection, FRAME);
        send(sender, connection, FRAME);
        at(500, () -> receiver.host().setBandwidthFactor(1));
        run(20_000);
        assertThat(outcomes).containsExactly("acknowledged", "acknowledged");
        receiver.host().setBandwidthFactor(1e-4);
        arrivals.clear();
        send(sender, connection, FRAME);
        run(40_000);
        assertThat(outcomes).endsWith("failed").hasSize(3);
        assertThat(arrivals).as("it arrives after the sender has given up").hasSize(1);
    }

    @Test
    void aNodeKilledInMidFlightLosesWhatIsUnderWayAndLeavesTheLinkAsItWas() {
        VirtualNode sender = fresh(slow);
        VirtualNode receiver = receiver(fast);
        Connection connection = connect(sender, receiver);
        VirtualNode other = receiver(fast);
        Connection survives = connect(sender, other);
        sender.host().setBandwidthFactor(0.1);
        for (int i = 0; i < 10; i++) send(sender, connection, FRAME); // 10 ms each
        at(35, () -> receiver.endpoint().shutdown(true));
        at(55, () -> sender.host().setBandwidthFactor(1));
        at(58, () -> send(sender, survives, FRAME));
        run(2_000);
        assertThat(arrivals).hasSize(3); // two before, and one behind the 4.5 that still had to leave
        assertThat(arrivals.get(2)).isCloseTo(55 + 4.5 + 1 + 10, within(1e-3));
        assertThat(world.invariantsHold()).as(world.accounts().toString()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void untilTheFirstChangeAWorldThatExpectsOneRunsAsAnyOther(long seed) {
        List<String> digests = new ArrayList<>();
        for (boolean expects : new boolean[] {false, true}) {
            world = new VirtualWorld(
                    Worlds.network(0.5, 0.02, false),
                    Worlds.costs(Worlds.FREE, Duration.ofNanos(40_000), Worlds.NO_LOCK),
                    new Seeds(seed),
                    1);
            if (expects) world.expectHostChanges();
            VirtualNode sender = receiver(slow);
            VirtualNode receiver = receiver(slow);
            Connection there = connect(sender, receiver);
            Connection back = connect(receiver, sender);
            for (int i = 0; i < 500; i++) {
                int bytes = 100 + (i * 7_919) % 100_000;
                at(i * 3, () -> send(sender, there, bytes));
                at(i * 5, () -> send(receiver, back, 300));
            }
            run(60_000);
            digests.add(world.digestHex() + " " + world.eventsFired() + " "
                    + sender.host().bytesUp() + " "
                    + sender.host().busyNanos(world.engine().nowNanos()));
        }
        assertThat(digests.get(0)).isEqualTo(digests.get(1));
    }

    @Test
    void aWorldThatExpectsNoChangesRefusesThem() {
        world = new VirtualWorld(
                Worlds.network(0, 0, false), Worlds.costs(Worlds.FREE, Duration.ZERO, Worlds.NO_LOCK), new Seeds(1), 1);
        VirtualHost host = world.addHost(slow);
        List<Runnable> changes = List.of(
                () -> host.setBandwidthFactor(0.5),
                () -> host.setLatencyFactor(2),
                () -> host.setLossFactor(2),
                () -> host.setCoreSpeedFactor(0.5),
                () -> host.isolate(true));
        assertThat(changes)
                .allSatisfy(change -> assertThatThrownBy(change::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("expectHostChanges"));
        assertThatThrownBy(world::expectHostChanges).isInstanceOf(IllegalStateException.class);
    }

    // What is expected

    /** The time in ms at which a link of 1 MB/s, busy from {@code fromMillis} on, has passed {@code bytes}. */
    private static double timeToPass(double bytes, double fromMillis, double[] changes) {
        double at = fromMillis;
        double left = bytes;
        while (true) {
            double until = nextChange(at, changes);
            double passes = (until - at) * 1_000 * factor(at, changes);
            if (passes >= left) return at + left / 1_000 / factor(at, changes);
            left -= passes;
            at = until;
        }
    }

    private static double factor(double millis, double[] changes) {
        double factor = 1;
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i] <= millis) factor = changes[i + 1];
        }
        return factor;
    }

    private static double nextChange(double millis, double[] changes) {
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i] > millis) return changes[i];
        }
        return Double.POSITIVE_INFINITY;
    }

    private void checkGauge(LongSupplier bytes, double from, double[] changes) {
        checkGauge(bytes, from, changes, FRAMES * FRAME);
    }

    /** Reads a gauge every 2.1 ms while the link is busy. */
    private void checkGauge(LongSupplier bytes, double from, double[] changes, double total) {
        long at0 = bytes.getAsLong();
        for (double now = 2.1; now < 60; now += 2.1) {
            run(now);
            double expected = 0;
            for (double each = 10; each <= total; each += 10) {
                if (timeToPass(each, from, changes) <= now) expected = each;
            }
            boolean merged =
                    changes[0] > now && from > 0; // until the first change a frame counts when its last byte has passed
            assertThat((double) bytes.getAsLong() - at0)
                    .as("at %s of %s", now, Arrays.toString(changes))
                    .isCloseTo(expected, within(merged ? FRAME : 12.0));
        }
    }

    // Means

    private VirtualNode fresh(HostGroup group) {
        world = Worlds.world(Worlds.network(0, 0, false), 1);
        arrivals.clear();
        outcomes.clear();
        return receiver(group);
    }

    private static HostGroup group(double bytesPerSecond) {
        return new HostGroup("test", 1, "eu", 1, new Bandwidth(bytesPerSecond), new Bandwidth(bytesPerSecond));
    }

    private VirtualNode receiver(HostGroup group) {
        return node(world.addHost(group));
    }

    private VirtualNode node(VirtualHost host) {
        VirtualNode node = host.newNode("n" + host.ip() + "-" + host.nodes(), false);
        node.endpoint().listen(new EndpointListener() {
            @Override
            public void connected(Connection connection) {}

            @Override
            public void received(Connection connection, Frame frame) {
                arrivals.add((node.runtime().nowNanos() - start) / MILLISECOND);
            }

            @Override
            public void closed(Connection connection, CloseReason reason) {}
        });
        return node;
    }

    /** Connects two nodes and makes the present the time 0. */
    private Connection connect(VirtualNode from, VirtualNode to) {
        DialProbe dial = new DialProbe();
        from.endpoint().dial(to.address(), dial);
        world.runUntil(world.engine().nowNanos() + 100_000_000);
        start = world.engine().nowNanos();
        return dial.connection();
    }

    private void change(double[] changes, DoubleConsumer set) {
        for (int i = 0; i < changes.length; i += 2) {
            double factor = changes[i + 1];
            if (changes[i] == 0) set.accept(factor);
            else at(changes[i], () -> set.accept(factor));
        }
    }

    private void at(double millis, Runnable action) {
        world.engine()
                .schedule(
                        start
                                + Math.round(millis * MILLISECOND)
                                - world.engine().nowNanos(),
                        action);
    }

    private void run(double millis) {
        world.runUntil(start + Math.round(millis * MILLISECOND));
    }

    private void send(VirtualNode from, Connection connection, int bytes) {
        from.endpoint().send(connection, Frame.ofBytes(new byte[bytes], MessageKind.PING), new SendListener() {
            @Override
            public void acknowledged() {
                outcomes.add("acknowledged");
            }

            @Override
            public void sendFailed() {
                outcomes.add("failed");
            }
        });
    }
}
