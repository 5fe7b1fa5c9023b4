package dev.kilonode.node.link.base;

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
class AbstractEndpointTest {

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
    private final List<PendingDial> dials = new ArrayList<>();
    private final Wired endpoint = new Wired();

    /** An endpoint whose frame channels are in the hands of the test. */
    private final class Wired extends AbstractEndpoint implements EndpointListener, DialListener {

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
        protected void open(PendingDial dial) {
            dials.add(dial);
        }

        @Override
        protected void stopListening() {}

        BaseConnection accept(FrameChannel channel, NodeAddress from, long stamp) {
            BaseConnection connection = accepted(channel, from, stamp, null);
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
        ScriptedFrameChannel channel = new ScriptedFrameChannel();
        BaseConnection connection = endpoint.accept(channel, LOWER, 1);
        Sent small = send(connection, 10);
        Sent large = send(connection, 5 * 1024);
        world.runFor(MILLISECONDS.toNanos(500));
        channel.sent.forEach(PendingWrite::left);
        world.runFor(SECONDS.toNanos(3));
        assertThat(small.answers).containsExactly("failed at 1500");
        assertThat(large.answers).containsExactly("failed at 1505");
        channel.sent.forEach(PendingWrite::acknowledged);
        world.runFor(SECONDS.toNanos(1));
        assertThat(small.answers).as("too late to matter").hasSize(1);
        assertThat(endpoint.counters().unacknowledged()).isEqualTo(2);
        assertThat(connection.isOpen())
                .as("what to make of it is the node's business")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10, true, DELAYED, failed at 1000",
        "10, false, LAZY, failed at 3000",
        "20480, false, DELAYED, failed at 1020", // large ones are not kept for long
    })
    void aFailureThatOnlySaysThatTheConnectionIsBrokenMayBeToldLater(
            int bytes, boolean triesElsewhere, AckPolicy urgency, String answer) {
        ScriptedFrameChannel channel = new ScriptedFrameChannel();
        BaseConnection connection = endpoint.accept(channel, LOWER, 1);
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
        assertThat(channel.sent.get(0).ackPolicy()).isEqualTo(urgency);
        channel.sent.get(0).left();
        world.runFor(SECONDS.toNanos(4));
        assertThat(sent.answers).containsExactly(answer);
    }

    @Test
    void aFrameThatDoesNotLeaveFailsAfterTheSendTimeout() {
        ScriptedFrameChannel channel = new ScriptedFrameChannel();
        BaseConnection connection = endpoint.accept(channel, LOWER, 1);
        Sent stuck = send(connection, 10);
        world.runFor(SECONDS.toNanos(20));
        assertThat(stuck.answers).containsExactly("failed at 10000");
        assertThat(channel.sent.get(0).isOver()).as("must not leave any more").isTrue();
        assertThat(endpoint.counters().dropped()).isEqualTo(1);
        assertThat(endpoint.counters().neverLeftInTime()).isEqualTo(1);
        assertThat(endpoint.counters().waiting()).isZero();
    }

    @Test
    void failedFramesAreCountedByCause() {
        ScriptedFrameChannel channel = new ScriptedFrameChannel();
        BaseConnection connection = endpoint.accept(channel, LOWER, 1);
        for (int i = 0; i < 3; i++) send(connection, 10);
        channel.sent.get(0).left();
        world.runFor(SECONDS.toNanos(2)); // the first is late
        channel.sent.get(1).left();
        endpoint.close(connection, CloseReason.LOCAL); // one had left, one had not
        send(connection, 10);
        BaseConnection other = endpoint.accept(new ScriptedFrameChannel(), HIGHER, 2);
        send(other, 10);
        endpoint.shutdown(true);
        FrameCounters counters = endpoint.counters();
        assertThat(counters.notAcknowledgedInTime()).isEqualTo(1);
        assertThat(counters.connectionEnded()).isEqualTo(2);
        assertThat(counters.sentOnClosed()).isEqualTo(1);
        assertThat(counters.abandoned()).isEqualTo(1);
        assertThat(counters.neverLeftInTime()).isZero();
        assertThat(counters.dropped() + counters.unacknowledged()).isEqualTo(5);
    }

    @Test
    void beyondTheSendQueueSendsFailUnlessNothingWaits() {
        ScriptedFrameChannel channel = new ScriptedFrameChannel();
        BaseConnection connection = endpoint.accept(channel, LOWER, 1);
        send(connection, 50_000);
        Sent refused = send(connection, 1);
        assertThat(refused.answers).as("never from within the call").isEmpty();
        world.runFor(1);
        assertThat(refused.answers).hasSize(1);
        assertThat(endpoint.counters().refused()).isEqualTo(1);
        channel.sent.get(0).left();
        Sent admitted = send(connection, 1);
        world.runFor(1);
        assertThat(admitted.answers).isEmpty();
        assertThat(channel.sent).hasSize(2);
    }

    @Test
    void readingPausesAtTheBoundAndGoesOnAtHalfOfIt() {
        ScriptedFrameChannel channel = new ScriptedFrameChannel();
        BaseConnection connection = endpoint.accept(channel, LOWER, 1);
        int accepted = 1;
        while (connection.received(Frame.ofBytes(new byte[744], null))) accepted++; // 744 and 256 of overhead
        assertThat(accepted).isEqualTo(10);
        assertThat(channel.told).containsExactly("confirm");
        world.runFor(1);
        assertThat(channel.told).containsExactly("confirm", "resume");
        assertThat(endpoint.counters().delivered()).isEqualTo(10);
    }

    @Test
    void aSilentConnectionIsClosedWithinAQuarterMoreThanItsTime() {
        ScriptedFrameChannel channel = new ScriptedFrameChannel();
        BaseConnection connection = endpoint.accept(channel, LOWER, 1);
        world.runFor(SECONDS.toNanos(20));
        connection.recordActivity();
        world.runFor(SECONDS.toNanos(29));
        assertThat(connection.isOpen()).isTrue();
        world.runFor(SECONDS.toNanos(9));
        assertThat(told).containsExactly("connected 10 accepted", "closed IDLE");
        assertThat(channel.told).containsExactly("confirm", "CLOSED");
        world.runFor(SECONDS.toNanos(30));
        assertThat(world.pending())
                .as("timers of an endpoint with nothing to watch")
                .isZero();
    }

    @Test
    void theLowerDiallersConnectionTakesTheHighersPlace() {
        endpoint.dial(HIGHER, endpoint);
        ScriptedFrameChannel theirs = new ScriptedFrameChannel();
        BaseConnection accepted = endpoint.accept(theirs, HIGHER, 5); // it dialled before it had heard of us
        ScriptedFrameChannel ours = new ScriptedFrameChannel();
        dials.get(0).up(ours, 6, null);
        world.runFor(1);
        assertThat(told).containsExactly("connected 30 accepted", "connected 30 dialled", "dial got the dialled");
        assertThat(accepted.isOpen()).isFalse();
        assertThat(theirs.told).containsExactly("confirm", "SUPERSEDED");
        assertThat(endpoint.openConnections()).isEqualTo(1);
    }

    @Test
    void aCrossingDialOfTheHigherIsDeclinedOnceTheLowersIsUp() {
        endpoint.dial(HIGHER, endpoint);
        dials.get(0).up(new ScriptedFrameChannel(), 6, null);
        world.runFor(1);
        ScriptedFrameChannel late = new ScriptedFrameChannel();
        endpoint.accept(late, HIGHER, 5);
        assertThat(late.told).containsExactly("SUPERSEDED");
        assertThat(told).containsExactly("connected 30 dialled", "dial got the dialled");
    }

    @Test
    void aPeerThatDialsAgainAfterItWasConfirmedHasGivenUpTheOldConnection() {
        endpoint.dial(HIGHER, endpoint);
        ScriptedFrameChannel old = new ScriptedFrameChannel();
        BaseConnection first = dials.get(0).up(old, 6, null);
        world.runFor(1);
        endpoint.accept(new ScriptedFrameChannel(), HIGHER, 7);
        assertThat(first.isOpen()).isFalse();
        assertThat(old.told).containsExactly("SUPERSEDED");
        assertThat(told).last().isEqualTo("connected 30 accepted");
        assertThat(told).as("the superseded are not announced").noneMatch(each -> each.startsWith("closed"));
    }

    @Test
    void theHighersDialEndsWithTheLowersConnection() {
        endpoint.dial(LOWER, endpoint);
        endpoint.accept(new ScriptedFrameChannel(), LOWER, 5);
        assertThat(told).containsExactly("connected 10 accepted", "dial got the accepted");
        assertThat(dials.get(0).isOver()).isTrue();
        ScriptedFrameChannel late = new ScriptedFrameChannel();
        dials.get(0).up(late, 6, null);
        world.runFor(1);
        assertThat(late.told).containsExactly("SUPERSEDED");
        assertThat(told).hasSize(2);
    }

    @Test
    void aConnectionSupersededByADialThatFailsIsToldAsClosed() {
        ScriptedFrameChannel channel = new ScriptedFrameChannel();
        endpoint.dial(HIGHER, endpoint);
        BaseConnection accepted = endpoint.accept(channel, HIGHER, 5);
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
        ScriptedFrameChannel late = new ScriptedFrameChannel();
        dials.get(0).up(late, 1, null);
        world.runFor(1);
        assertThat(late.told).containsExactly("CLOSED");
        assertThat(told).hasSize(1);
    }

    @Test
    void theKilledTellNobodyAnything() {
        ScriptedFrameChannel channel = new ScriptedFrameChannel();
        BaseConnection connection = endpoint.accept(channel, LOWER, 1);
        Sent sent = send(connection, 10);
        endpoint.dial(HIGHER, endpoint);
        endpoint.shutdown(true);
        channel.sent.get(0).acknowledged();
        dials.get(0).up(new ScriptedFrameChannel(), 1, null);
        world.runFor(SECONDS.toNanos(60));
        assertThat(told).containsExactly("connected 10 accepted");
        assertThat(sent.answers).isEmpty();
        assertThat(channel.told).containsExactly("confirm", "abandon");
        assertThat(world.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everySendIsAnsweredOnceAndTheAccountsBalance(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Sent> all = new ArrayList<>();
        List<BaseConnection> connections = new ArrayList<>();
        List<ScriptedFrameChannel> channels = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            int choice = random.nextInt(100);
            int which = connections.isEmpty() ? 0 : random.nextInt(connections.size());
            if (connections.isEmpty() || choice < 2) {
                ScriptedFrameChannel channel = new ScriptedFrameChannel();
                channels.add(channel);
                connections.add(endpoint.accept(channel, new NodeAddress(100 + random.nextInt(5), 1), step));
            } else if (choice < 50) {
                all.add(send(connections.get(which), random.nextInt(3_000)));
            } else if (choice < 75 && !channels.get(which).sent.isEmpty()) {
                channels.get(which)
                        .sent
                        .get(random.nextInt(channels.get(which).sent.size()))
                        .left();
            } else if (choice < 95 && !channels.get(which).sent.isEmpty()) {
                channels.get(which)
                        .sent
                        .remove(random.nextInt(channels.get(which).sent.size()))
                        .acknowledged();
            } else if (choice < 96) {
                endpoint.close(connections.get(which), CloseReason.LOCAL);
            } else if (choice < 97) {
                connections.get(which).ended(CloseReason.REMOTE);
            }
            world.runFor(random.nextLong(MILLISECONDS.toNanos(100)));
            FrameCounters counters = endpoint.counters();
            assertThat(counters.waiting()).as("seed %d, step %d", seed, step).isNotNegative();
            assertThat(counters.offered())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(counters.left() + counters.dropped() + counters.waiting());
            assertThat(counters.dropped() + counters.unacknowledged())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(counters.refused()
                            + counters.sentOnClosed()
                            + counters.neverLeftInTime()
                            + counters.notAcknowledgedInTime()
                            + counters.connectionEnded()
                            + counters.abandoned());
        }
        world.runFor(SECONDS.toNanos(60));
        assertThat(endpoint.counters().waiting()).as("seed %d", seed).isZero();
        for (Sent each : all) assertThat(each.answers).as("seed %d", seed).hasSize(1);
        assertThat(all).as("seed %d", seed).hasSizeGreaterThan(1_000);
    }
}
