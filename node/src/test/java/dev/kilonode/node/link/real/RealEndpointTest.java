package dev.kilonode.node.link.real;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.DialFailure;
import dev.kilonode.node.link.DialListener;
import dev.kilonode.node.link.EndpointListener;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.testkit.TestRuntime;
import dev.kilonode.node.testkit.VirtualClock;
import dev.kilonode.node.wire.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the endpoints in wall time share, by a virtual clock: times exact, and orders that sockets show by luck only. */
class RealEndpointTest {

    private static final NodeAddress OWN = new NodeAddress(20, 1);
    private static final NodeAddress LOWER = new NodeAddress(10, 1);
    private static final NodeAddress HIGHER = new NodeAddress(30, 1);
    private static final LinkConfig CONFIG = new LinkConfig(
            Duration.ofSeconds(14),
            Duration.ofSeconds(30),
            Duration.ZERO,
            Duration.ofSeconds(10),
            new Bytes(16 << 20),
            new Bytes(10_000),
            new Bytes(10_000));

    private final VirtualClock world = new VirtualClock();
    private final List<String> told = new ArrayList<>();
    private final List<RealDial> dials = new ArrayList<>();
    private final Wired endpoint = new Wired();

    /** An endpoint whose lines are in the hands of the test. */
    private final class Wired extends RealEndpoint implements EndpointListener, DialListener {

        Wired() {
            super(
                    OWN,
                    task -> {
                        var unused = world.schedule(0, task);
                    },
                    new TestRuntime(world, 1),
                    CONFIG);
            listen(this);
        }

        @Override
        protected void open(RealDial dial) {
            dials.add(dial);
        }

        @Override
        protected void stopListening() {}

        RealConnection accept(Line line, NodeAddress from, long stamp) {
            RealConnection connection = accepted(line, from, stamp, null);
            world.runFor(1);
            return connection;
        }

        @Override
        public void connected(Connection connection) {
            told.add("connected " + connection.remote().ip() + (connection.dialled() ? " dialled" : " accepted"));
        }

        @Override
        public void received(Connection connection, Frame frame) {
            told.add("frame of " + frame.sizeBytes());
        }

        @Override
        public void closed(Connection connection, CloseReason reason) {
            told.add("closed " + reason);
        }

        @Override
        public void dialled(Connection connection) {
            told.add("dial got the " + (connection.dialled() ? "dialled" : "accepted"));
        }

        @Override
        public void dialFailed(DialFailure failure) {
            told.add("dial failed " + failure);
        }
    }

    private class Sent implements SendListener {
        final List<String> answers = new ArrayList<>();

        @Override
        public void acknowledged() {
            answers.add("acknowledged at " + NANOSECONDS.toMillis(world.nowNanos()));
        }

        @Override
        public void sendFailed() {
            answers.add("failed at " + NANOSECONDS.toMillis(world.nowNanos()));
        }
    }

    private Sent send(Connection connection, int bytes) {
        Sent sent = new Sent();
        endpoint.send(connection, Frame.ofBytes(new byte[bytes], null), sent);
        return sent;
    }

    @Test
    void aFrameFailsOneSecondAndOneMillisecondPerKibibyteAfterItHasLeft() {
        ScriptedLine line = new ScriptedLine();
        RealConnection connection = endpoint.accept(line, LOWER, 1);
        Sent small = send(connection, 10);
        Sent large = send(connection, 5 * 1024);
        world.runFor(MILLISECONDS.toNanos(500));
        line.sent.forEach(Outgoing::left);
        world.runFor(SECONDS.toNanos(3));
        assertThat(small.answers).containsExactly("failed at 1500");
        assertThat(large.answers).containsExactly("failed at 1505");
        line.sent.forEach(Outgoing::acknowledged);
        world.runFor(SECONDS.toNanos(1));
        assertThat(small.answers).as("too late to matter").hasSize(1);
        assertThat(endpoint.account().unacknowledged()).isEqualTo(2);
        assertThat(connection.isOpen())
                .as("what to make of it is the node's business")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10, true, SOON, failed at 1000",
        "10, false, AT_LEISURE, failed at 3000",
        "20480, false, SOON, failed at 1020", // large ones are not kept for long
    })
    void aFailureThatOnlySaysThatTheConnectionIsBrokenMayBeToldLater(
            int bytes, boolean triesElsewhere, Urgency urgency, String answer) {
        ScriptedLine line = new ScriptedLine();
        RealConnection connection = endpoint.accept(line, LOWER, 1);
        Sent sent = new Sent() {
            @Override
            public boolean wantsAcknowledgement() {
                return false;
            }

            @Override
            public boolean triesElsewhere() {
                return triesElsewhere;
            }
        };
        endpoint.send(connection, Frame.ofBytes(new byte[bytes], null), sent);
        assertThat(line.sent.get(0).urgency()).isEqualTo(urgency);
        line.sent.get(0).left();
        world.runFor(SECONDS.toNanos(4));
        assertThat(sent.answers).containsExactly(answer);
    }

    @Test
    void aFrameThatDoesNotLeaveFailsAfterTheSendTimeout() {
        ScriptedLine line = new ScriptedLine();
        RealConnection connection = endpoint.accept(line, LOWER, 1);
        Sent stuck = send(connection, 10);
        world.runFor(SECONDS.toNanos(20));
        assertThat(stuck.answers).containsExactly("failed at 10000");
        assertThat(line.sent.get(0).isOver()).as("must not leave any more").isTrue();
        assertThat(endpoint.account().dropped()).isEqualTo(1);
        assertThat(endpoint.account().waiting()).isZero();
    }

    @Test
    void beyondTheSendQueueSendsFailUnlessNothingWaits() {
        ScriptedLine line = new ScriptedLine();
        RealConnection connection = endpoint.accept(line, LOWER, 1);
        send(connection, 50_000);
        Sent refused = send(connection, 1);
        assertThat(refused.answers).as("never from within the call").isEmpty();
        world.runFor(1);
        assertThat(refused.answers).hasSize(1);
        assertThat(endpoint.account().refused()).isEqualTo(1);
        line.sent.get(0).left();
        Sent admitted = send(connection, 1);
        world.runFor(1);
        assertThat(admitted.answers).isEmpty();
        assertThat(line.sent).hasSize(2);
    }

    @Test
    void readingPausesAtTheBoundAndGoesOnAtHalfOfIt() {
        ScriptedLine line = new ScriptedLine();
        RealConnection connection = endpoint.accept(line, LOWER, 1);
        int accepted = 1;
        while (connection.received(Frame.ofBytes(new byte[744], null))) accepted++; // 744 and 256 of overhead
        assertThat(accepted).isEqualTo(10);
        assertThat(line.told).containsExactly("welcome");
        world.runFor(1);
        assertThat(line.told).containsExactly("welcome", "read on");
        assertThat(endpoint.account().delivered()).isEqualTo(10);
    }

    @Test
    void aSilentConnectionIsClosedWithinAQuarterMoreThanItsTime() {
        ScriptedLine line = new ScriptedLine();
        RealConnection connection = endpoint.accept(line, LOWER, 1);
        world.runFor(SECONDS.toNanos(20));
        connection.heard();
        world.runFor(SECONDS.toNanos(29));
        assertThat(connection.isOpen()).isTrue();
        world.runFor(SECONDS.toNanos(9));
        assertThat(told).containsExactly("connected 10 accepted", "closed IDLE");
        assertThat(line.told).containsExactly("welcome", "CLOSED");
        world.runFor(SECONDS.toNanos(30));
        assertThat(world.pending())
                .as("timers of an endpoint with nothing to watch")
                .isZero();
    }

    @Test
    void theLowerDiallersConnectionTakesTheHighersPlace() {
        endpoint.dial(HIGHER, endpoint);
        ScriptedLine theirs = new ScriptedLine();
        RealConnection accepted = endpoint.accept(theirs, HIGHER, 5); // it dialled before it had heard of us
        ScriptedLine ours = new ScriptedLine();
        dials.get(0).up(ours, 6, null);
        world.runFor(1);
        assertThat(told).containsExactly("connected 30 accepted", "connected 30 dialled", "dial got the dialled");
        assertThat(accepted.isOpen()).isFalse();
        assertThat(theirs.told).containsExactly("welcome", "SUPERSEDED");
        assertThat(endpoint.openConnections()).isEqualTo(1);
    }

    @Test
    void aCrossingDialOfTheHigherIsDeclinedOnceTheLowersIsUp() {
        endpoint.dial(HIGHER, endpoint);
        dials.get(0).up(new ScriptedLine(), 6, null);
        world.runFor(1);
        ScriptedLine late = new ScriptedLine();
        endpoint.accept(late, HIGHER, 5);
        assertThat(late.told).containsExactly("SUPERSEDED");
        assertThat(told).containsExactly("connected 30 dialled", "dial got the dialled");
    }

    @Test
    void whoDialsAnewAfterItHadBeenWelcomeBelievesInTheOldNoMore() {
        endpoint.dial(HIGHER, endpoint);
        ScriptedLine old = new ScriptedLine();
        RealConnection first = dials.get(0).up(old, 6, null);
        world.runFor(1);
        endpoint.accept(new ScriptedLine(), HIGHER, 7);
        assertThat(first.isOpen()).isFalse();
        assertThat(old.told).containsExactly("SUPERSEDED");
        assertThat(told).last().isEqualTo("connected 30 accepted");
        assertThat(told).as("the superseded are not announced").noneMatch(each -> each.startsWith("closed"));
    }

    @Test
    void theHighersDialEndsWithTheLowersConnection() {
        endpoint.dial(LOWER, endpoint);
        endpoint.accept(new ScriptedLine(), LOWER, 5);
        assertThat(told).containsExactly("connected 10 accepted", "dial got the accepted");
        assertThat(dials.get(0).isOver()).isTrue();
        ScriptedLine late = new ScriptedLine();
        dials.get(0).up(late, 6, null);
        world.runFor(1);
        assertThat(late.told).containsExactly("SUPERSEDED");
        assertThat(told).hasSize(2);
    }

    @Test
    void aConnectionSupersededByADialThatFailsIsToldAsClosed() {
        ScriptedLine line = new ScriptedLine();
        endpoint.dial(HIGHER, endpoint);
        RealConnection accepted = endpoint.accept(line, HIGHER, 5);
        accepted.ended(CloseReason.SUPERSEDED); // the other end has our dial, we have no answer yet
        world.runFor(1);
        assertThat(told).containsExactly("connected 30 accepted");
        dials.get(0).failed(DialFailure.REFUSED);
        world.runFor(1);
        assertThat(told).containsExactly("connected 30 accepted", "closed REMOTE", "dial failed REFUSED");
    }

    @Test
    void aDialThatNobodyAnswersTimesOutAndIsHungUpOnWhenItIsAnsweredLater() {
        endpoint.dial(HIGHER, endpoint);
        world.runFor(SECONDS.toNanos(14));
        assertThat(told).containsExactly("dial failed TIMEOUT");
        ScriptedLine late = new ScriptedLine();
        dials.get(0).up(late, 1, null);
        world.runFor(1);
        assertThat(late.told).containsExactly("CLOSED");
        assertThat(told).hasSize(1);
    }

    @Test
    void theKilledTellNobodyAnything() {
        ScriptedLine line = new ScriptedLine();
        RealConnection connection = endpoint.accept(line, LOWER, 1);
        Sent sent = send(connection, 10);
        endpoint.dial(HIGHER, endpoint);
        endpoint.shutdown(true);
        line.sent.get(0).acknowledged();
        dials.get(0).up(new ScriptedLine(), 1, null);
        world.runFor(SECONDS.toNanos(60));
        assertThat(told).containsExactly("connected 10 accepted");
        assertThat(sent.answers).isEmpty();
        assertThat(line.told).containsExactly("welcome", "silent");
        assertThat(world.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everySendIsAnsweredOnceAndTheAccountsBalance(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Sent> all = new ArrayList<>();
        List<RealConnection> connections = new ArrayList<>();
        List<ScriptedLine> lines = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            int choice = random.nextInt(100);
            int which = connections.isEmpty() ? 0 : random.nextInt(connections.size());
            if (connections.isEmpty() || choice < 2) {
                ScriptedLine line = new ScriptedLine();
                lines.add(line);
                connections.add(endpoint.accept(line, new NodeAddress(100 + random.nextInt(5), 1), step));
            } else if (choice < 50) {
                all.add(send(connections.get(which), random.nextInt(3_000)));
            } else if (choice < 75 && !lines.get(which).sent.isEmpty()) {
                lines.get(which)
                        .sent
                        .get(random.nextInt(lines.get(which).sent.size()))
                        .left();
            } else if (choice < 95 && !lines.get(which).sent.isEmpty()) {
                lines.get(which)
                        .sent
                        .remove(random.nextInt(lines.get(which).sent.size()))
                        .acknowledged();
            } else if (choice < 96) {
                endpoint.close(connections.get(which), CloseReason.LOCAL);
            } else if (choice < 97) {
                connections.get(which).ended(CloseReason.REMOTE);
            }
            world.runFor(random.nextLong(MILLISECONDS.toNanos(100)));
            LinkAccount account = endpoint.account();
            assertThat(account.waiting()).as("seed %d, step %d", seed, step).isNotNegative();
            assertThat(account.offered())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(account.left() + account.dropped() + account.waiting());
        }
        world.runFor(SECONDS.toNanos(60));
        assertThat(endpoint.account().waiting()).as("seed %d", seed).isZero();
        for (Sent each : all) assertThat(each.answers).as("seed %d", seed).hasSize(1);
        assertThat(all).as("seed %d", seed).hasSizeGreaterThan(1_000);
    }
}
