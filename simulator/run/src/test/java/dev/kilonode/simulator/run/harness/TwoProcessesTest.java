package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.metrics.MetricSource;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.link.provider.BuiltInLinks;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.engine.Seeds;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.kernel.world.RemoteNodes.Peer;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.kernel.world.WorldSampler;
import dev.kilonode.simulator.run.plan.Placement;
import dev.kilonode.simulator.run.plan.RunPlan;
import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two worlds that stand for two processes, with a node each, connected by TCP. A fault of a host acts in the process of the other host too.
 * The worlds take turns on one thread: while one runs, the other stands still.
 */
class TwoProcessesTest {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int FEW = 5;
    private static final int MOST = 1_500;

    private World near;
    private World far;
    private Host here;

    /** The host of {@link #far}, as {@link #near} sees it. */
    private Host there;

    /** The host of {@link #near}, as {@link #far} sees it. */
    private Host hereFromFar;

    private Host thereItself;
    private NodeAddress remote;
    private NodeHandle sender;
    private NodeHandle receiver;
    private MetricSet metrics;
    private List<WorldSampler> samplers;
    private volatile Peer known = Peer.NODE;
    private @Nullable Connection connection;
    private final List<Integer> arrived = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private int sent;

    @BeforeEach
    void begin() {
        List<ValueOverride> values = Stream.of(
                        "clock=wall",
                        "wall.link=tcp",
                        "wall.loops=1",
                        "wall.first-address=" + Loopback.first(),
                        "identity.algorithm=Ed25519",
                        "network.acknowledgement=100ms",
                        "network.dial-timeout=500ms",
                        "network.idle-timeout=2s",
                        "checks=[]")
                .map(text -> ValueOverride.parse("test", text))
                .toList();
        Scenario scenario = new ScenarioLoader().load(SmallRun.SMOKE, values).scenario();
        var plan = RunPlan.of(scenario, new Seeds(scenario.seed()));
        Placement placement = Placement.of(plan, 2);
        near = ScenarioWorlds.ofPart(scenario, BuiltInLinks.named("tcp"), plan, placement.part(0), List.of());
        far = ScenarioWorlds.ofPart(scenario, BuiltInLinks.named("tcp"), plan, placement.part(1), List.of());
        var group = scenario.hosts().get(0);
        here = near.addHost(0, group);
        there = near.addRemoteHost(1, group);
        hereFromFar = far.addRemoteHost(0, group);
        thereItself = far.addHost(1, group);
        near.remoteNodes(address -> known);
        far.remoteNodes(address -> Peer.NODE);
        metrics = new MetricSet(1, EnumSet.allOf(MetricSource.class));
        samplers = near.samplers(metrics);
        Identities identities = new Identities(true, "Ed25519", 1 << 20, near.seeds());
        sender = here.addNode(Identities.spec("sender", identities.named("sender"), false));
        receiver = thereItself.addNode(Identities.spec("receiver", identities.named("receiver"), false));
        sender.endpoint().listen(new Hears());
        receiver.endpoint().listen(new Hears());
        remote = receiver.endpoint().localAddress();
        sender.runtime().callAfter(0, this::dial);
        await("a connection", () -> connection != null && receiver.connectionsToNodes() == 1);
    }

    /** Workers open both sockets, in any order: a dial that finds nobody is tried again. */
    private void dial() {
        sender.endpoint().dial(remote, new DialListener() {
            @Override
            public void dialled(Connection dialled) {
                connection = dialled;
            }

            @Override
            public void dialFailed(DialFailure failure) {
                outcomes.add(failure.name());
                sender.runtime().callAfter(STEP_NANOS, TwoProcessesTest.this::dial);
            }
        });
    }

    @AfterEach
    void end() {
        near.close();
        far.close();
    }

    @Test
    void framesToAHostOfAnotherProcessAreCounted() {
        send(0, 10);
        await("all frames", () -> arrived.size() == 10);
        samplers.forEach(WorldSampler::closeWindow);
        assertThat(metrics.total(Metric.LINK_ACROSS)).isEqualTo(10);
        assertThat(metrics.total(Metric.LINK_SENT)).isEqualTo(10);
    }

    @Test
    void aPartitionOfAHostElsewhereLosesFramesAndDials() {
        there.isolate(true);
        outcomes.clear();
        send(0, 2);
        await("their sender is told", () -> outcomes.size() == 2);
        assertThat(outcomes).containsOnly("failed");
        there.isolate(false);
        send(2, 1);
        await("the frame after the cut", () -> arrived.contains(2));
        assertThat(arrived).containsExactly(2);
    }

    @Test
    void aPartitionAcrossProcessesEndsConnectionsAtBothEnds() {
        there.isolate(true);
        thereItself.isolate(true);
        await("both ends are closed", () -> tableOf(sender) == 0 && tableOf(receiver) == 0);
        outcomes.clear();
        sender.runtime().callAfter(0, this::dial);
        await("a dial times out", () -> outcomes.contains("TIMEOUT"));
        there.isolate(false);
        thereItself.isolate(false);
        await("a new connection", () -> tableOf(sender) == 1 && tableOf(receiver) == 1);
    }

    @Test
    void aPartitionOfTheHostHereEndsTheConnectionThere() {
        hereFromFar.isolate(true);
        await("the end there is closed", () -> tableOf(receiver) == 0);
    }

    @Test
    void dialsToAHostElsewhereThatRefusesAreRefused() {
        sender.runtime()
                .callAfter(0, () -> sender.endpoint().close(Objects.requireNonNull(connection), CloseReason.LOCAL));
        await("the close", () -> tableOf(receiver) == 0);
        there.refuse(true);
        outcomes.clear();
        connection = null;
        sender.endpoint().dial(remote, new DialListener() {
            @Override
            public void dialled(Connection dialled) {
                connection = dialled;
            }

            @Override
            public void dialFailed(DialFailure failure) {
                outcomes.add(failure.name());
            }
        });
        await("a refusal", () -> outcomes.size() == 1);
        assertThat(outcomes).containsExactly("REFUSED");
        there.refuse(false);
        sender.runtime().callAfter(0, this::dial);
        await("a connection", () -> connection != null);
    }

    @Test
    void latencyOfAHostElsewhereDelaysFramesToIt() {
        there.setLatencyFactor(1e6); // days
        send(0, 1);
        there.setLatencyFactor(1);
        send(1, 1);
        await("the frame after the fault", () -> arrived.contains(1));
        advance(FEW);
        assertThat(arrived).as("the frame of the fault is under way").containsExactly(1);
    }

    @Test
    void aConnectionToANodeThatThePlanHasStoppedIsLeftOver() {
        assertThat(List.of(sender.connectionsToNodes(), sender.connectionsToClients(), sender.connectionsLeftOver()))
                .containsExactly(1, 0, 0);
        known = Peer.CLIENT;
        assertThat(List.of(sender.connectionsToNodes(), sender.connectionsToClients(), sender.connectionsLeftOver()))
                .containsExactly(0, 1, 0);
        known = Peer.GONE;
        assertThat(List.of(sender.connectionsToNodes(), sender.connectionsToClients(), sender.connectionsLeftOver()))
                .containsExactly(0, 0, 1);
        assertThat(sender.isLeftOver(Objects.requireNonNull(connection))).isTrue();
        assertThat(near.isAlive(remote)).isFalse();
        assertThat(near.isAlive(sender.endpoint().localAddress())).isTrue();
    }

    @Test
    void whatOnlyItsOwnProcessCanDoDoesNothingHere() {
        there.setBandwidthFactor(1e-6);
        there.setCoreSpeedFactor(1e-6);
        there.pause(true);
        send(0, 3);
        await("all frames", () -> arrived.size() == 3);
        assertThatThrownBy(() -> there.addNode(Identities.spec(
                        "none", new Identities(true, "Ed25519", 1 << 20, near.seeds()).named("none"), false)))
                .hasMessageContaining("another process");
    }

    private static int tableOf(NodeHandle node) {
        int[] entries = new int[1];
        node.forEachConnection(each -> entries[0]++);
        return entries[0];
    }

    /** Sends {@code count} frames; the first byte is their number. Returns when the node has sent them. */
    private void send(int first, int count) {
        int before = sent;
        sender.runtime().callAfter(0, () -> {
            for (int number = first; number < first + count; number++) {
                byte[] bytes = new byte[1_000];
                bytes[0] = (byte) number;
                sender.endpoint()
                        .send(
                                Objects.requireNonNull(connection),
                                Frame.ofBytes(bytes, MessageKind.PING),
                                new Outcome());
                sent++;
            }
        });
        await("the node sends", () -> sent == before + count);
    }

    private void advance(int steps) {
        for (int step = 0; step < steps; step++) {
            near.runUntil(near.nowNanos() + STEP_NANOS);
            far.runUntil(far.nowNanos() + STEP_NANOS);
        }
    }

    private void await(String what, BooleanSupplier there) {
        for (int step = 0; step < MOST && !there.getAsBoolean(); step++) advance(1);
        assertThat(there.getAsBoolean()).as(what).isTrue();
    }

    private final class Outcome implements SendListener {

        @Override
        public void acknowledged() {}

        @Override
        public void sendFailed() {
            outcomes.add("failed");
        }
    }

    private final class Hears implements EndpointListener {

        @Override
        public void connected(Connection connected) {}

        @Override
        public void received(Connection from, Frame frame) {
            arrived.add((int) Objects.requireNonNull(frame.bytes())[0]);
        }

        @Override
        public void closed(Connection connected, CloseReason reason) {}
    }
}
