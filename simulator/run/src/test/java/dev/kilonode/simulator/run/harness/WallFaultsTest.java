package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.runtime.Work;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.simulator.kernel.world.Host;
import dev.kilonode.simulator.kernel.world.NodeHandle;
import dev.kilonode.simulator.kernel.world.World;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Faults of hosts in wall time that begin or end while frames and results are under way. The factors are so great that nothing passes during
 * a fault, however fast or slow the machine is.
 */
class WallFaultsTest {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int FEW = 5;
    private static final int MOST = 1_500;

    private World world;
    private Host here;
    private Host there;
    private NodeAddress remote;
    private NodeHandle sender;
    private @Nullable Connection connection;

    /** Written on a loop, read by the harness while the loops are paused. */
    private final List<Integer> arrived = new ArrayList<>();

    private final List<String> outcomes = new ArrayList<>();
    private int results;
    private int sent;

    @BeforeEach
    void begin() throws IOException {
        List<ValueOverride> values = Stream.of(
                        "clock=wall",
                        "wall.link=memory",
                        "wall.loops=2",
                        "identity.algorithm=Ed25519",
                        "network.loss=1%",
                        "network.acknowledgement=100ms",
                        "network.dial-timeout=500ms",
                        "checks=[]")
                .map(text -> ValueOverride.parse("test", text))
                .toList();
        var loaded = new ScenarioLoader().load(Path.of("../..", "scenarios", "smoke.yaml"), values);
        var scenario = loaded.scenario();
        world = ScenarioWorlds.of(loaded, 1);
        world.expectHostChanges();
        here = world.addHost(0, scenario.hosts().get(0));
        there = world.addHost(1, scenario.hosts().get(0));
        Identities identities = new Identities(true, "Ed25519", 1 << 20, world.seeds());
        sender = here.addNode(Identities.spec("sender", identities.named("sender"), false));
        NodeHandle receiver = there.addNode(Identities.spec("receiver", identities.named("receiver"), false));
        sender.endpoint().listen(new Hears());
        receiver.endpoint().listen(new Hears());
        remote = receiver.endpoint().localAddress();
        sender.runtime().callAfter(0, this::dial);
        await("a connection", () -> connection != null);
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
                dial();
            }
        });
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void framesThatWaitForANarrowLinkPassInOrderOnceItHasItsBandwidthAgain() {
        here.setBandwidthFactor(1e-6); // 125 B/s
        send(0, 10);
        advance(FEW);
        assertThat(arrived).isEmpty();
        assertThat(here.bytesUp()).as("less than a frame has passed").isLessThan(1_000);
        here.setBandwidthFactor(1e-5);
        advance(FEW);
        assertThat(arrived).isEmpty();
        here.setBandwidthFactor(1);
        send(10, 3);
        await("all frames", () -> arrived.size() == 13);
        assertThat(arrived).isEqualTo(IntStream.range(0, 13).boxed().toList());
        assertThat(here.bytesUp()).isEqualTo(13_000);
        assertThat(world.invariantsHold()).as(world.accountsInWords()).isTrue();
    }

    @Test
    void aNarrowDownlinkKeepsFramesFromTheNodeUntilItHasItsBandwidthAgain() {
        there.setBandwidthFactor(1e-6);
        send(0, 10);
        advance(FEW);
        assertThat(arrived).isEmpty();
        assertThat(there.bytesDown()).isLessThan(1_000);
        there.setBandwidthFactor(1);
        await("all frames", () -> arrived.size() == 10);
        assertThat(arrived).isEqualTo(IntStream.range(0, 10).boxed().toList());
        assertThat(there.bytesDown()).isEqualTo(10_000);
    }

    @Test
    void framesThatWaitTakeTheLatencyOfTheMomentAtWhichTheyLeave() {
        here.setBandwidthFactor(1e-6);
        send(0, 4);
        here.setLatencyFactor(1e6); // days
        advance(FEW);
        here.setLatencyFactor(1);
        here.setBandwidthFactor(1);
        await("frames that left after the fault", () -> arrived.size() == 4);
        here.setLatencyFactor(1e6);
        send(4, 1);
        here.setLatencyFactor(1);
        send(5, 1);
        await("the frame after the fault", () -> arrived.contains(5));
        advance(FEW);
        assertThat(arrived)
                .as("the frame that left in the fault is still under way")
                .doesNotContain(4);
    }

    @Test
    void framesThatLeaveWhileTheHostIsCutOffAreLostAndThoseThatWaitLongerArrive() {
        here.isolate(true);
        send(0, 2);
        await("their senders are told", () -> outcomes.size() == 2);
        assertThat(outcomes).containsOnly("failed");
        here.setBandwidthFactor(1e-6);
        send(2, 3);
        advance(FEW);
        here.isolate(false);
        here.setBandwidthFactor(1);
        await("frames that left after the cut", () -> arrived.size() == 3);
        assertThat(arrived).containsExactly(2, 3, 4);
        assertThat(world.invariantsHold()).as(world.accountsInWords()).isTrue();
    }

    @Test
    void resultsThatWaitForSlowCoresComeOnceTheSpeedReturns() {
        here.setCoreSpeedFactor(1e-6);
        work(5);
        advance(FEW);
        assertThat(results).isZero();
        long before = here.busyNanos(world.nowNanos());
        advance(FEW);
        assertThat(here.busyNanos(world.nowNanos()) - before)
                .as("its cores are busy")
                .isPositive();
        here.setCoreSpeedFactor(1);
        work(1);
        await("all results", () -> results == 6);
    }

    @Test
    void aPauseKeepsResultsOfSlowCoresUntilItEnds() {
        here.setCoreSpeedFactor(1e-6);
        work(3);
        advance(FEW);
        here.pause(true);
        here.setCoreSpeedFactor(1);
        work(2);
        advance(FEW);
        assertThat(results).isZero();
        here.pause(false);
        await("all results", () -> results == 5);
    }

    @Test
    void aRefusalEndsWithTheFault() {
        there.refuse(true);
        List<String> told = new ArrayList<>();
        Runnable dial = () -> sender.endpoint().dial(remote, new DialListener() {
            @Override
            public void dialled(Connection dialled) {
                told.add("dialled");
            }

            @Override
            public void dialFailed(DialFailure failure) {
                told.add(failure.name());
            }
        });
        sender.runtime()
                .callAfter(0, () -> sender.endpoint().close(Objects.requireNonNull(connection), CloseReason.LOCAL));
        sender.runtime().callAfter(0, dial);
        await("a refusal", () -> told.size() == 1);
        there.refuse(false);
        sender.runtime().callAfter(0, dial);
        await("a connection", () -> told.size() == 2);
        assertThat(told).containsExactly("REFUSED", "dialled");
    }

    /** Sends {@code count} frames of 1,000 bytes; the first byte is their number. Returns when the node has sent them. */
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

    private void work(int count) {
        for (int i = 0; i < count; i++)
            sender.runtime().callAfter(0, () -> sender.runtime().run(new Roots(), () -> results++));
    }

    private void advance(int steps) {
        for (int step = 0; step < steps; step++) world.runUntil(world.engine().nowNanos() + STEP_NANOS);
    }

    private void await(String what, BooleanSupplier there) {
        for (int step = 0; step < MOST && !there.getAsBoolean(); step++) advance(1);
        assertThat(there.getAsBoolean()).as(what).isTrue();
    }

    /** Takes some hundred microseconds. */
    private static final class Roots implements Work {

        private double sum;

        @Override
        public WorkKind kind() {
            return WorkKind.SIGN;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void compute() {
            for (int i = 1; i < 100_000; i++) sum += Math.sqrt(i + sum);
        }
    }

    private final class Outcome implements SendListener {

        @Override
        public void acknowledged() {
            outcomes.add("acknowledged");
        }

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
