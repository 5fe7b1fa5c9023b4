package dev.kilonode.simulator.kernel.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Dimension;
import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.metrics.MetricSource;
import dev.kilonode.node.config.Bandwidth;
import dev.kilonode.node.config.Ratio;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import dev.kilonode.simulator.settings.HostGroup;
import dev.kilonode.simulator.settings.NetworkConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of frames and what their senders see, by cause, for small frames and bulk transfers. */
class FrameFailureTest {

    private static final int SMALL = 1_000;
    private static final int BULK = 1_024_000; // its sender waits 1 s more than for an empty one

    private Duration latency = Duration.ofMillis(10);
    private double downBytesPerSecond = 100e6;
    private VirtualWorld world = Worlds.world(Worlds.network(0, 0, true), 1);
    private VirtualNode sender = node(100e6);
    private VirtualNode receiver = node(100e6);
    private Connection connection = connect(sender, receiver);
    private final List<String> told = new ArrayList<>();

    private void build() {
        world = Worlds.world(
                new NetworkConfig(
                        Map.of("default", latency),
                        new Ratio(0),
                        new Ratio(0),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1),
                        new Bandwidth(1024_000),
                        Duration.ofSeconds(30),
                        true),
                1);
        sender = node(100e6);
        receiver = node(downBytesPerSecond);
        connection = connect(sender, receiver);
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, BULK})
    void aFrameThatArrivesInTimeIsAcknowledged(int bytes) {
        send(bytes, true);
        send(bytes, false);
        run(10);
        assertThat(told).containsExactly("acknowledged");
        assertOutcome(2, 0, Set.of(), Set.of());
        assertThat(world.accounts().acknowledged()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({SMALL + ", 900", BULK + ", 500000"}) // 1.1 s of 1.0 s, and 2.05 s of 2 s
    void aFrameThatTheDownlinkPassesTooSlowlyIsGivenUpThereAndArrivesAllTheSame(int bytes, double rate) {
        downBytesPerSecond = rate;
        build();
        send(bytes, true);
        run(10);
        assertThat(told).containsExactly("failed");
        assertOutcome(1, 0, Set.of(), EnumSet.of(FrameFailure.ON_DOWNLINK));
    }

    @ParameterizedTest
    @CsvSource({SMALL + ", 2000", BULK + ", 900000"}) // one takes 0.5 s of 1.0 s, and 1.1 s of 2 s
    void framesThatShareTheDownlinkAreGivenUpThoughEachAloneWouldPassInTime(int bytes, double rate) {
        downBytesPerSecond = rate;
        build();
        for (int i = 0; i < 3; i++) send(bytes, true);
        run(100);
        MessageCounts counts = world.accounts();
        assertThat(counts.delivered()).isEqualTo(3);
        assertThat(counts.givenUp(FrameFailure.ON_DOWNLINK)).isPositive().isEqualTo(counts.givenUp());
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, BULK})
    void aFrameThatIsStillOnThePathIsGivenUpThere(int bytes) {
        latency = Duration.ofMillis(2_500);
        build();
        send(bytes, true);
        run(20);
        assertThat(told).containsExactly("failed");
        assertOutcome(1, 0, Set.of(), EnumSet.of(FrameFailure.ON_PATH));
    }

    @ParameterizedTest
    @CsvSource({SMALL + ", 700", BULK + ", 1200"})
    void aFrameWhoseAcknowledgementIsLateIsGivenUpThoughItArrivedInTime(int bytes, int latencyMillis) {
        latency = Duration.ofMillis(latencyMillis);
        build();
        send(bytes, true);
        run(20);
        assertThat(told).containsExactly("failed");
        assertOutcome(1, 0, Set.of(), EnumSet.of(FrameFailure.ACKNOWLEDGEMENT_LATE));
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, BULK})
    void lossesAreCountedByCauseAndGivenUpForTheSame(int bytes) {
        assertLost(bytes, FrameFailure.CONNECTION_CLOSED, () -> close(sender), () -> {});
        assertLost(bytes, FrameFailure.PEER_GONE, () -> receiver.endpoint().shutdown(true), () -> {});
        assertLost(bytes, FrameFailure.CUT_OFF, () -> receiver.host().isolate(true), () -> {});
        assertLost(bytes, FrameFailure.CUT_OFF, () -> {}, () -> receiver.host().isolate(true));
        assertLost(
                bytes,
                FrameFailure.NODE_STOPPED,
                () -> {},
                () -> receiver.endpoint().shutdown(true));
        assertLost(
                bytes,
                FrameFailure.CLOSED_IN_TRANSIT,
                () -> {},
                () -> receiver.endpoint().shutdown(false));
        assertLost(bytes, FrameFailure.CLOSED_IN_TRANSIT, () -> {}, () -> close(receiver));
    }

    private void assertLost(int bytes, FrameFailure cause, Runnable before, Runnable meanwhile) {
        build();
        told.clear();
        before.run();
        send(bytes, true);
        world.runUntil(world.engine().nowNanos() + 5_000_000); // on the way
        meanwhile.run();
        run(100);
        assertThat(told).as(cause.label()).containsExactly("failed");
        assertOutcome(0, 1, EnumSet.of(cause), EnumSet.of(cause));
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, BULK})
    void aKilledSenderIsToldNothingAndItsFramesAreGivenUp(int bytes) {
        send(bytes, true);
        world.runUntil(world.engine().nowNanos() + 12_000_000);
        sender.endpoint().shutdown(true);
        run(100);
        assertThat(told).isEmpty();
        assertThat(world.accounts().awaited()).isZero();
        assertThat(world.accounts().givenUp(FrameFailure.NODE_STOPPED)).isEqualTo(1);
        assertThat(world.accounts().invariantsHold()).isTrue();
    }

    @Test
    void aFrameWhoseOutcomeInterestsNobodyIsUnwatched() {
        sender.endpoint().send(connection, Frame.ofBytes(new byte[SMALL], MessageKind.PING), null);
        close(sender);
        sender.endpoint().send(connection, Frame.ofBytes(new byte[BULK], MessageKind.PING), null);
        run(10);
        assertThat(world.accounts().toString()).contains("2 unwatched", "1 connection-closed");
        assertThat(world.accounts().givenUp()).isZero();
        assertThat(world.accounts().invariantsHold()).isTrue();
    }

    @Test
    void anAccountThatDoesNotBalanceIsToldOf() {
        assertBroken(counts -> counts.acknowledged++);
        assertBroken(counts -> counts.awaited++);
        assertBroken(counts -> counts.unwatched--);
        assertBroken(counts -> counts.lose(FrameFailure.CUT_OFF));
        assertBroken(counts -> {
            counts.giveUp(FrameFailure.ON_PATH); // one that nobody waited for
            counts.sent++;
            counts.inFlight++;
            counts.unwatched++;
        });
    }

    private static void assertBroken(Consumer<MessageCounts> change) {
        MessageCounts counts = new MessageCounts();
        assertThat(counts.invariantsHold()).isTrue();
        change.accept(counts);
        assertThat(counts.invariantsHold()).as(counts.toString()).isFalse();
    }

    @Test
    void theMetricsOfAWindowAreTheCountsByCause() {
        MetricSet metrics = new MetricSet(1, EnumSet.of(MetricSource.HARNESS));
        send(SMALL, true);
        close(sender);
        send(SMALL, true);
        run(10);
        for (int window = 0; window < 2; window++) {
            world.samplers(metrics)
                    .forEach(sampler -> assertThat(sampler.closeWindow()).isEmpty());
        }
        assertThat(metrics.total(Metric.LINK_SENT)).isEqualTo(2);
        assertThat(metrics.total(Metric.LINK_LOST, FrameFailure.CONNECTION_CLOSED.ordinal()))
                .isEqualTo(1);
        assertThat(metrics.total(Metric.LINK_LOST)).isEqualTo(world.accounts().lost());
        assertThat(metrics.total(Metric.LINK_GIVEN_UP))
                .isEqualTo(world.accounts().givenUp());
        assertThat(metrics.total(Metric.LINK_DELIVERED))
                .isEqualTo(world.accounts().delivered());
    }

    @Test
    void causesHaveTheValuesOfTheirDimensions() {
        List<String> all =
                Arrays.stream(FrameFailure.values()).map(FrameFailure::label).toList();
        assertThat(Dimension.GIVE_UP_CAUSE.labelValues()).isEqualTo(all);
        List<String> losses = Arrays.stream(FrameFailure.values())
                .filter(FrameFailure::isLoss)
                .map(FrameFailure::label)
                .toList();
        assertThat(Dimension.LINK_LOSS.labelValues()).isEqualTo(losses);
        assertThat(all).startsWith(losses.toArray(String[]::new));
    }

    private void assertOutcome(int delivered, int lost, Set<FrameFailure> losses, Set<FrameFailure> givenUp) {
        MessageCounts counts = world.accounts();
        assertThat(counts.delivered()).as(counts.toString()).isEqualTo(delivered);
        assertThat(counts.lost()).as(counts.toString()).isEqualTo(lost);
        assertThat(causes(counts::lost)).isEqualTo(losses);
        assertThat(causes(counts::givenUp)).isEqualTo(givenUp);
        assertThat(counts.awaited()).as(counts.toString()).isZero();
        assertThat(counts.invariantsHold()).as(counts.toString()).isTrue();
    }

    private static Set<FrameFailure> causes(Function<FrameFailure, Long> count) {
        Set<FrameFailure> found = EnumSet.noneOf(FrameFailure.class);
        for (FrameFailure cause : FrameFailure.values()) if (count.apply(cause) > 0) found.add(cause);
        return found;
    }

    private void close(VirtualNode node) {
        if (node == sender) {
            node.endpoint().close(connection, CloseReason.LOCAL);
            return;
        }
        VirtualConnection other = Objects.requireNonNull(((VirtualConnection) connection).other);
        node.endpoint().close(other, CloseReason.LOCAL);
    }

    private VirtualNode node(double down) {
        HostGroup group = new HostGroup("test", 1, "eu", 1, new Bandwidth(100e6), new Bandwidth(down));
        VirtualNode node = world.addHost(group).newNode("n" + world.hosts().size(), false);
        node.endpoint().listen(new EndpointListener() {
            @Override
            public void connected(Connection connection) {}

            @Override
            public void received(Connection connection, Frame frame) {}

            @Override
            public void closed(Connection connection, CloseReason reason) {}
        });
        return node;
    }

    private Connection connect(VirtualNode from, VirtualNode to) {
        DialProbe dial = new DialProbe();
        from.endpoint().dial(to.address(), dial);
        run(20);
        return dial.connection();
    }

    private void send(int bytes, boolean wantsAcknowledgement) {
        sender.endpoint().send(connection, Frame.ofBytes(new byte[bytes], MessageKind.PING), new SendListener() {
            @Override
            public void acknowledged() {
                told.add("acknowledged");
            }

            @Override
            public void sendFailed() {
                told.add("failed");
            }

            @Override
            public boolean wantsAcknowledgement() {
                return wantsAcknowledgement;
            }
        });
    }

    private void run(int seconds) {
        world.runUntil(world.engine().nowNanos() + seconds * 1_000_000_000L);
    }
}
