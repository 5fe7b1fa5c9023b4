package dev.kilonode.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.link.CloseReason;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.observe.AnnounceOutcome;
import dev.kilonode.node.observe.ConnectionEvent;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.IdentityOutcome;
import dev.kilonode.node.observe.SuppressedEvent;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.testkit.LoopbackEndpoint;
import dev.kilonode.node.testkit.TestConfigs;
import dev.kilonode.node.testkit.TestSealer;
import dev.kilonode.node.testkit.TestTransport;
import dev.kilonode.node.testkit.VirtualClock;
import dev.kilonode.node.transport.AcceptConfig.WhenFull;
import dev.kilonode.node.transport.ConnectionEventsConfig.Dedup;
import dev.kilonode.node.transport.IdentityConfig.AcceptorAnnounce;
import dev.kilonode.node.wire.DhtMessage;
import dev.kilonode.node.wire.IdentityAnnounce;
import dev.kilonode.node.wire.MessageKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens between an endpoint and those who follow its word up, and to frames before the dispatcher. */
class InboundConnectionsTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final ConnectionEventsConfig PLAIN = new ConnectionEventsConfig(Dedup.NONE, 0, 1000);
    private static final AcceptConfig AT_ONCE = new AcceptConfig(0, WhenFull.ORPHAN, 2);

    private final VirtualClock clock = new VirtualClock();
    private final LoopbackEndpoint.Network network = new LoopbackEndpoint.Network();

    private TestTransport node(int number, TransportConfig config) {
        TestTransport node = new TestTransport(clock, network, number, config, AcceptorAnnounce.ON_CONNECT);
        clock.afterEachEvent(() -> assertThat(node.transport.invariantsHold()).isTrue());
        return node;
    }

    private TestTransport plain(int number) {
        return node(number, TestConfigs.transport("scoped-locks", 32));
    }

    private static TransportConfig with(ConnectionEventsConfig events, AcceptConfig accept) {
        return with("scoped-locks", 0, events, accept);
    }

    private static TransportConfig with(
            String design, int patienceSeconds, ConnectionEventsConfig events, AcceptConfig accept) {
        TransportConfig base = TestConfigs.transport(design, 32);
        return new TransportConfig(
                base.registry(),
                base.shards(),
                base.dispatch(),
                base.receiveCapacity(),
                base.minShardCapacity(),
                base.maxFrame(),
                base.replayWindow(),
                base.futureTolerance(),
                base.maxRequests(),
                base.eventCapacity(),
                base.dhtHandlers(),
                base.chunkHandlers(),
                base.peerReadsPerDhtMessage(),
                Duration.ofSeconds(patienceSeconds),
                0,
                events,
                accept);
    }

    private static TransportConfig dedup(Dedup dedup) {
        return with(new ConnectionEventsConfig(dedup, 0, 1000), AT_ONCE);
    }

    private void connect(TestTransport from, TestTransport to) {
        from.transport.connect(to.record, (failure, dialNanos, identityNanos) -> {});
        clock.runFor(20 * SECOND);
    }

    private static Connection only(TestTransport node) {
        assertThat(node.endpoint.connections()).hasSize(1);
        return node.endpoint.connections().get(0);
    }

    /** Both ends go silent, and notice by their idle time-out. */
    private void timeOutIdle(TestTransport one, TestTransport other) {
        Connection here = only(one);
        Connection there = only(other);
        one.endpoint.blackout();
        other.endpoint.blackout();
        one.endpoint.tellClosed(here, CloseReason.IDLE);
        other.endpoint.tellClosed(there, CloseReason.IDLE);
        clock.runFor(SECOND);
    }

    @Test
    void afterAnIdleTimeoutTheSameAddressIsNeverReadAgain() {
        TestTransport a = plain(1);
        TestTransport b = node(2, dedup(Dedup.BY_ADDRESS));
        connect(a, b);
        assertThat(a.watch.identities(IdentityOutcome.IDENTIFIED)).hasSize(1);
        timeOutIdle(a, b);
        assertThat(b.transport.silentAddresses()).isEqualTo(1);
        connect(a, b);
        connect(a, b);
        assertThat(a.watch.identities(IdentityOutcome.TIMED_OUT)).containsExactly(15 * SECOND, 15 * SECOND);
        assertThat(b.watch.suppressed)
                .containsExactly(SuppressedEvent.ACCEPTED_UNREAD, SuppressedEvent.ACCEPTED_UNREAD);
        assertThat(b.watch.drops(DropCause.UNREAD))
                .as("the dialler's announces")
                .isEqualTo(2);
        assertThat(b.transport.unreadConnections()).as("closed by the dialler").isZero();
    }

    @Test
    void aCloseWithAReasonForgetsTheAddress() {
        TestTransport a = plain(1);
        TestTransport b = node(2, dedup(Dedup.BY_ADDRESS));
        connect(a, b);
        a.endpoint.close(only(a), CloseReason.LOCAL);
        clock.runFor(SECOND);
        assertThat(b.transport.silentAddresses()).isZero();
        connect(a, b);
        assertThat(b.watch.suppressed).isEmpty();
        assertThat(a.watch.identities(IdentityOutcome.IDENTIFIED)).hasSize(2);
    }

    @Test
    void aDialToASilentAddressGetsNoAnnounceAndRecovers() {
        TestTransport a = plain(1);
        TestTransport b = node(2, dedup(Dedup.BY_ADDRESS));
        connect(a, b);
        timeOutIdle(a, b);
        connect(b, a);
        assertThat(b.watch.suppressed).containsExactly(SuppressedEvent.DIALLED_UNANNOUNCED);
        assertThat(b.watch.identities(IdentityOutcome.IDENTIFIED))
                .as("the acceptor announces")
                .hasSize(1);
        assertThat(a.transport.peerCount()).as("nobody told who dialled").isZero();
        assertThat(b.transport.silentAddresses()).isZero();
        b.endpoint.close(only(b), CloseReason.LOCAL);
        clock.runFor(SECOND);
        connect(a, b);
        assertThat(a.watch.identities(IdentityOutcome.TIMED_OUT)).isEmpty();
    }

    @Test
    void markedAtAcceptEveryAcceptedConnectionCountsAndWorks() {
        TestTransport b = node(2, dedup(Dedup.MARKED_AT_ACCEPT));
        TestTransport a = plain(1);
        TestTransport c = plain(3);
        connect(a, b);
        connect(b, c);
        assertThat(b.watch.cameUp).isEqualTo(2);
        assertThat(b.watch.suppressed).containsExactly(SuppressedEvent.MARKED_AT_ACCEPT);
        assertThat(a.watch.identities(IdentityOutcome.TIMED_OUT)).isEmpty();
    }

    @Test
    void beyondItsSlotsTheHandOffOrphansConnectionsForGood() {
        assertThat(timeOutsOfFlood(WhenFull.ORPHAN)).isEqualTo(40 - 4 - 1); // one is in the loop's hands
    }

    @Test
    void waitingHandshakesAreReadOnceTheLoopContinues() {
        assertThat(timeOutsOfFlood(WhenFull.WAIT)).isZero();
    }

    /** 40 dials while the accept loop waits for a lock, which is had 5 s later. */
    private int timeOutsOfFlood(WhenFull whenFull) {
        TestTransport b = node(100, with("lock-across-registration", 0, PLAIN, new AcceptConfig(4, whenFull, 1)));
        connect(plain(99), b);
        b.endpoint.holdRegistrations();
        b.endpoint.inject(only(b), announceOf(99, b));
        clock.runFor(MILLI);
        List<TestTransport> dialers = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            TestTransport a = plain(i);
            dialers.add(a);
            a.transport.connect(b.record, (failure, dialNanos, identityNanos) -> {});
        }
        clock.runFor(5 * SECOND);
        int orphans = whenFull == WhenFull.ORPHAN ? 35 : 0;
        assertThat(b.watch.orphaned).isEqualTo(orphans);
        assertThat(b.transport.acceptsWaiting()).isEqualTo(39 - orphans);
        assertThat(b.transport.unreadConnections()).as("alive and not read").isEqualTo(40);
        b.endpoint.releaseRegistrations();
        clock.runFor(20 * SECOND);
        assertThat(b.transport.acceptsWaiting()).isZero();
        assertThat(b.transport.unreadConnections()).isZero();
        assertThat(b.watch.drops(DropCause.UNREAD)).as("their announces").isEqualTo(orphans);
        return dialers.stream()
                .mapToInt(a -> a.watch.identities(IdentityOutcome.TIMED_OUT).size())
                .sum();
    }

    private static Frame announceOf(int number, TestTransport to) {
        return new TestSealer(TestTransport.id(number))
                .seal(IdentityAnnounce.INSTANCE, false, to.runtime.unixSeconds());
    }

    @Test
    void eventsOfMessagesOverwriteThatAConnectionCameUp() {
        TestTransport a = plain(1);
        TestTransport b = node(2, with(new ConnectionEventsConfig(Dedup.NONE, 8, 1000), AT_ONCE));
        Connection other = lonely(b);
        a.transport.connect(b.record, (failure, dialNanos, identityNanos) -> {});
        clock.runFor(
                LoopbackEndpoint
                        .ONE_WAY_NANOS); // it came up this very moment, and the task that is told waits for a processor
        for (int i = 0; i < 8; i++) b.endpoint.inject(other, announceOf(50, b));
        clock.runFor(20 * SECOND);
        assertThat(b.watch.lagged).containsExactly(ConnectionEvent.UP);
        assertThat(a.watch.identities(IdentityOutcome.TIMED_OUT))
                .as("never announced")
                .hasSize(1);
    }

    @Test
    void aMonitorThatWaitsForItsAnnounceLosesTheOldestEvents() {
        TestTransport b = node(100, with(new ConnectionEventsConfig(Dedup.NONE, 256, 2), AT_ONCE));
        b.runtime.price(WorkKind.SIGN, SECOND);
        for (int i = 1; i <= 5; i++) {
            plain(i).transport.connect(b.record, (failure, dialNanos, identityNanos) -> {});
            clock.runFor(100 * MILLI);
        }
        assertThat(b.watch.lagged)
                .as("one is being announced, two wait")
                .containsExactly(ConnectionEvent.UP, ConnectionEvent.UP);
        clock.runFor(10 * SECOND);
        assertThat(b.transport.announcesDropped()).isZero();
    }

    @Test
    void aLostEndLeavesAPeerThatLooksConnectedUntilASendFails() {
        TestTransport a = plain(1);
        TestTransport b = node(2, with(new ConnectionEventsConfig(Dedup.NONE, 8, 1000), AT_ONCE));
        connect(a, b);
        Connection other = lonely(b);
        a.endpoint.close(only(a), CloseReason.LOCAL);
        clock.runFor(LoopbackEndpoint.ONE_WAY_NANOS);
        for (int i = 0; i < 8; i++) b.endpoint.inject(other, announceOf(50, b));
        clock.runFor(5 * SECOND);
        assertThat(b.watch.lagged).containsExactly(ConnectionEvent.DOWN);
        assertThat(b.transport.peerCount()).as("a, which is gone, and 50").isEqualTo(2);
        b.transport.send(a.record.id(), new DhtMessage.Notify(b.record), null);
        clock.runFor(5 * SECOND);
        assertThat(b.transport.peerCount()).isEqualTo(1);
    }

    /** A connection to nowhere, to inject frames on. */
    private Connection lonely(TestTransport node) {
        TestTransport far = plain(50);
        connect(far, node);
        return node.endpoint.connections().get(node.endpoint.connections().size() - 1);
    }

    @Test
    void eachAnnounceEndsOnce() {
        TestTransport a = plain(1);
        TestTransport b = plain(2);
        connect(a, b);
        assertThat(a.watch.announces).containsExactly(AnnounceOutcome.ACKNOWLEDGED);
        assertThat(b.watch.announces).containsExactly(AnnounceOutcome.ACKNOWLEDGED);
        TestTransport c = plain(3);
        c.runtime.price(WorkKind.SIGN, SECOND);
        b.transport.connect(c.record, (failure, dialNanos, identityNanos) -> {});
        clock.runFor(SECOND / 2);
        b.endpoint.blackout(); // without a word, while c signs
        clock.runFor(20 * SECOND);
        assertThat(c.watch.announces).containsExactly(AnnounceOutcome.UNACKNOWLEDGED);
    }

    @Test
    void aFrameThatFindsTheReceiveQueueFullRetriesForItsPatienceAndIsThenDropped() {
        TestTransport b = node(2, with("scoped-locks", 5, PLAIN, AT_ONCE));
        Connection from = lonely(b);
        b.runtime.price(WorkKind.RECEIVE, SECOND);
        int frames = 1 + 256 + 8; // in the dispatcher's hands, in the queue, and trying again
        for (int i = 0; i < frames; i++) b.endpoint.inject(from, announceOf(50, b));
        assertThat(b.transport.receiveRetries()).isEqualTo(8);
        assertThat(b.watch.drops).isEmpty();
        clock.runFor(4 * SECOND);
        assertThat(b.transport.receiveRetries()).as("one slot a second").isEqualTo(4);
        clock.runFor(2 * SECOND);
        assertThat(b.transport.receiveRetries()).isZero();
        assertThat(b.watch.drops(DropCause.RECEIVE_QUEUE_FULL)).isEqualTo(4);
        assertThat(b.transport.receiveAccount().dropped(MessageKind.IDENTITY_ANNOUNCE))
                .isZero();
    }

    @Test
    void withoutPatienceItIsDroppedAtOnce() {
        TestTransport b = node(2, with("scoped-locks", 0, PLAIN, AT_ONCE));
        Connection from = lonely(b);
        b.runtime.price(WorkKind.RECEIVE, SECOND);
        for (int i = 0; i < 1 + 256 + 8; i++) b.endpoint.inject(from, announceOf(50, b));
        assertThat(b.watch.drops(DropCause.RECEIVE_QUEUE_FULL)).isEqualTo(8);
    }

    @Test
    void nothingWaitsAfterShutdown() {
        TestTransport b = node(
                2,
                with(
                        "scoped-locks",
                        5,
                        new ConnectionEventsConfig(Dedup.BY_ADDRESS, 8, 2),
                        new AcceptConfig(4, WhenFull.WAIT, 1)));
        Connection from = lonely(b);
        b.runtime.price(WorkKind.RECEIVE, SECOND);
        for (int i = 0; i < 300; i++) b.endpoint.inject(from, announceOf(50, b));
        b.transport.shutdown(true);
        assertThat(b.transport.receiveRetries()).isZero();
        assertThat(b.watch.drops(DropCause.SHUT_DOWN)).isEqualTo(299);
        clock.runFor(60 * SECOND);
    }
}
