package dev.kilonode.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.dispatch.DispatchDesign;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.link.Connection;
import dev.kilonode.node.link.Frame;
import dev.kilonode.node.link.SendListener;
import dev.kilonode.node.observe.DropCause;
import dev.kilonode.node.observe.IdentityOutcome;
import dev.kilonode.node.observe.RefusalCause;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.testkit.LoopbackEndpoint;
import dev.kilonode.node.testkit.TestConfigs;
import dev.kilonode.node.testkit.TestTransport;
import dev.kilonode.node.testkit.VirtualClock;
import dev.kilonode.node.transport.IdentityConfig.AcceptorAnnounce;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.ChunkMessage;
import dev.kilonode.node.wire.DhtMessage;
import dev.kilonode.node.wire.Envelope;
import dev.kilonode.node.wire.Message;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import dev.kilonode.node.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final VirtualClock clock = new VirtualClock();
    private final LoopbackEndpoint.Network network = new LoopbackEndpoint.Network();

    private TestTransport node(int number, TransportConfig config) {
        return node(number, config, AcceptorAnnounce.ON_CONNECT);
    }

    private TestTransport node(int number, TransportConfig config, AcceptorAnnounce announce) {
        TestTransport node = new TestTransport(clock, network, number, config, announce);
        clock.afterEachEvent(() -> assertThat(node.transport.invariantsHold()).isTrue());
        return node;
    }

    private static TransportConfig scoped() {
        return TestConfigs.transport("scoped-locks", 32);
    }

    private static void answersPings(TestTransport node) {
        node.transport.subscribe(Topic.DHT, (from, message, done) -> {
            if (message instanceof DhtMessage.Ping ping) {
                node.transport.send(from, new DhtMessage.Pong(ping.requestId()), null);
            }
            done.run();
        });
    }

    private RequestResult ping(TestTransport from, PeerRecord to, long timeoutNanos, long runNanos) {
        List<RequestResult> ends = new ArrayList<>();
        long id = from.transport.nextRequestId();
        from.transport.request(to, new DhtMessage.Ping(id), timeoutNanos, ends::add);
        clock.runFor(runNanos);
        assertThat(ends).hasSize(1);
        return ends.get(0);
    }

    private static Connection onlyConnection(TestTransport node) {
        assertThat(node.endpoint.connections()).hasSize(1);
        return node.endpoint.connections().get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "single-consumer",
                "lock-across-registration",
                "scoped-locks",
                "paired-locks",
                "striped-maps",
                "at-handshake"
            })
    void requestConnectsIdentifiesAndIsAnswered(String design) {
        TestTransport a = node(1, TestConfigs.transport(design, 32));
        TestTransport b = node(2, TestConfigs.transport(design, 32));
        answersPings(b);
        List<PeerRecord> seenByB = new ArrayList<>();
        b.transport.addPeerListener(new PeerListener() {
            @Override
            public void peerConnected(PeerRecord peer, boolean client) {
                seenByB.add(peer);
            }

            @Override
            public void peerDisconnected(PeerId peer) {
                throw new AssertionError("nobody left");
            }
        });
        RequestResult first = ping(a, b.record, SECOND, 5 * SECOND);
        assertThat(first.failure()).isNull();
        assertThat(first.reply()).isInstanceOf(DhtMessage.Pong.class);
        assertThat(first.dialNanos()).isEqualTo(2 * LoopbackEndpoint.ONE_WAY_NANOS);
        assertThat(first.identityNanos()).isLessThan(SECOND);
        assertThat(first.replyNanos()).isBetween(2 * LoopbackEndpoint.ONE_WAY_NANOS, 25 * MILLI);
        assertThat(seenByB).containsExactly(a.record);
        RequestResult second = ping(a, b.record, SECOND, 5 * SECOND);
        assertThat(second.failure()).isNull();
        assertThat(second.dialNanos()).as("connected already").isZero();
        assertThat(a.watch.dials).isEqualTo(1);
        assertThat(a.watch.replies).isEqualTo(2);
        assertThat(a.transport.peerCount()).isEqualTo(1);
        assertThat(a.transport.pendingRequests()).isZero();
    }

    @Test
    void chargedWorkIsStillComputed() {
        TestTransport a = node(1, scoped());
        TestTransport b = node(2, scoped());
        answersPings(b);
        a.runtime.computes(false);
        b.runtime.computes(false);
        a.runtime.price(WorkKind.SIGN, MILLI);
        b.runtime.price(WorkKind.VERIFY, MILLI);
        assertThat(ping(a, b.record, SECOND, 5 * SECOND).reply()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 256})
    void burstOverflowsSmallShardsBehindAStalledEndpointAndFitsLargeOnes(int slots) {
        TestTransport a = node(1, TestConfigs.transport("lock-across-registration", slots));
        TestTransport b = node(2, TestConfigs.transport("lock-across-registration", slots));
        ping(a, b.record, SECOND, 5 * SECOND);
        b.endpoint.holdRegistrations();
        for (int i = 0; i < 200; i++) a.transport.send(b.record.id(), new DhtMessage.Notify(a.record), null);
        clock.runFor(SECOND);
        int lost = slots == 32 ? 200 - 32 - 1 : 0; // one is in the consumer's hands
        assertThat(b.transport.totalDrops()).isEqualTo(lost);
        assertThat(b.watch.drops(DropCause.SHARD_FULL)).as("counted once").isEqualTo(lost);
        Shard shard = b.transport.shard(DispatchDesign.SOURCE_IP.shardOf(a.record.address(), 8));
        assertThat(shard.account().dropped(MessageKind.NOTIFY)).isEqualTo(lost);
        assertThat(shard.depth()).isEqualTo(b.transport.shardDepth()).isEqualTo(199 - lost);
        b.endpoint.releaseRegistrations();
        clock.runFor(SECOND);
        assertThat(b.transport.shardDepth()).isZero();
        assertThat(shard.account().taken(MessageKind.NOTIFY)).isEqualTo(200 - lost);
    }

    @Test
    void anIdentityTimeoutClosesTheChannelAndIsNotRetried() {
        TestTransport a = node(1, scoped());
        TestTransport b = node(2, scoped());
        b.endpoint.loses(frame -> frame.kind() == MessageKind.IDENTITY_ANNOUNCE);
        RequestResult exchange = ping(a, b.record, SECOND, 60 * SECOND);
        assertThat(exchange.failure()).isEqualTo(RequestFailure.IDENTITY_TIMED_OUT);
        assertThat(exchange.identityNanos()).isEqualTo(15 * SECOND);
        assertThat(a.watch.identities(IdentityOutcome.TIMED_OUT)).containsExactly(15 * SECOND);
        assertThat(a.watch.dials).as("no retry").isEqualTo(1);
        assertThat(a.endpoint.connections()).isEmpty();
        assertThat(b.endpoint.connections()).isEmpty();
        assertThat(a.transport.connectsUnderWay()).isZero();
        assertThat(b.transport.peerCount()).as("the other side forgets as well").isZero();
    }

    @Test
    void identityLatencyIsShortOrTheWholeTimeOut() {
        TestTransport a = node(1, scoped());
        int[] announces = {0};
        for (int i = 2; i < 42; i++) {
            TestTransport b = node(i, scoped());
            b.endpoint.loses(frame -> frame.kind() == MessageKind.IDENTITY_ANNOUNCE && announces[0]++ % 3 == 0);
            a.transport.connect(b.record, (failure, dialNanos, identityNanos) -> {});
        }
        clock.runFor(60 * SECOND);
        assertThat(a.watch.identities(IdentityOutcome.IDENTIFIED)).hasSize(26).allMatch(nanos -> nanos <= SECOND / 2);
        assertThat(a.watch.identities(IdentityOutcome.TIMED_OUT)).hasSize(14).containsOnly(15 * SECOND);
    }

    @ParameterizedTest
    @EnumSource(AcceptorAnnounce.class)
    void theAcceptorWaitsForTheDiallersAnnounceOnlyIfConfigured(AcceptorAnnounce announce) {
        TestTransport a = node(1, scoped(), announce);
        TestTransport b = node(2, scoped(), announce);
        a.endpoint.loses(frame -> frame.kind() == MessageKind.IDENTITY_ANNOUNCE);
        a.transport.connect(b.record, (failure, dialNanos, identityNanos) -> {});
        clock.runFor(60 * SECOND);
        boolean heard = announce == AcceptorAnnounce.ON_CONNECT;
        assertThat(a.watch.identities(IdentityOutcome.IDENTIFIED)).hasSize(heard ? 1 : 0);
        assertThat(a.watch.identities(IdentityOutcome.TIMED_OUT)).hasSize(heard ? 0 : 1);
    }

    @Test
    void connectsToOneAddressShareOneDialAndEachGetsItsResult() {
        TestTransport a = node(1, scoped());
        TestTransport b = node(2, scoped());
        List<RequestFailure> failures = new ArrayList<>();
        int[] connected = {0};
        for (int i = 0; i < 3; i++) {
            PeerId expected = i == 2 ? TestTransport.id(77) : b.record.id();
            a.transport.connect(new PeerRecord(expected, b.record.address()), (failure, dial, identity) -> {
                if (failure == null) connected[0]++;
                else failures.add(failure);
            });
        }
        clock.runFor(60 * SECOND);
        assertThat(connected[0]).isEqualTo(2);
        assertThat(failures).containsExactly(RequestFailure.WRONG_PEER);
        assertThat(a.watch.dials).isEqualTo(1);
    }

    @Test
    void deadAddressFailsTheDialAndABrokenConnectionTheWait() {
        TestTransport a = node(1, scoped());
        PeerRecord nobody = new PeerRecord(TestTransport.id(9), new NodeAddress(9, 9));
        assertThat(ping(a, nobody, SECOND, 60 * SECOND).failure()).isEqualTo(RequestFailure.DIAL_FAILED);
        assertThat(a.watch.failedDials).isEqualTo(1);
        TestTransport b = node(2, scoped());
        b.endpoint.loses(frame -> true);
        List<RequestFailure> failures = new ArrayList<>();
        a.transport.connect(b.record, (failure, dial, identity) -> {
            if (failure != null) failures.add(failure);
        });
        clock.runFor(SECOND);
        assertThat(a.transport.identityWaits()).isEqualTo(1);
        b.transport.shutdown(false);
        clock.runFor(SECOND);
        assertThat(failures).containsExactly(RequestFailure.DIAL_FAILED);
        assertThat(a.watch.identities(IdentityOutcome.DISCONNECTED)).hasSize(1);
        assertThat(a.transport.identityWaits()).isZero();
    }

    @Test
    void badFramesAreRefusedByCauseAndTheNodeContinues() {
        TestTransport b = node(2, scoped());
        answersPings(b);
        long nowSeconds = b.runtime.unixSeconds();
        byte[] mark = {1};
        Message notify = new DhtMessage.Notify(b.record);
        PeerId from = TestTransport.id(1);
        TestTransport a = node(1, scoped());
        record Bad(RefusalCause cause, Frame frame, boolean closes) {}
        List<Bad> bads = List.of(
                new Bad(RefusalCause.MALFORMED, Frame.ofBytes(mark, null), true),
                new Bad(RefusalCause.OVERSIZE, Frame.ofBytes(new byte[TestConfigs.MAX_FRAME_BYTES + 1], null), true),
                new Bad(
                        RefusalCause.BAD_SIGNATURE,
                        Frame.of(new Envelope(notify, from, nowSeconds, false, null, mark), 100),
                        true),
                new Bad(
                        RefusalCause.WRONG_SENDER,
                        Frame.of(new Envelope(notify, from, nowSeconds, false, mark, null), 100),
                        true),
                new Bad(
                        RefusalCause.REPLAYED,
                        Frame.of(new Envelope(notify, from, nowSeconds - 400, false, null, null), 100),
                        false),
                new Bad(
                        RefusalCause.FROM_THE_FUTURE,
                        Frame.of(new Envelope(notify, from, nowSeconds + 4_000, false, null, null), 100),
                        false));
        int refused = 0;
        for (Bad bad : bads) {
            assertThat(ping(a, b.record, SECOND, 5 * SECOND).failure()).isNull();
            b.endpoint.inject(onlyConnection(b), bad.frame());
            clock.runFor(SECOND);
            refused++;
            assertThat(b.watch.refusals(bad.cause())).as("%s", bad.cause()).isEqualTo(1);
            assertThat(b.transport.refusals().count(bad.cause())).isEqualTo(1);
            assertThat(b.transport.refusals().total()).isEqualTo(refused);
            assertThat(b.endpoint.connections().isEmpty())
                    .as("%s closes", bad.cause())
                    .isEqualTo(bad.closes());
        }
        assertThat(ping(a, b.record, SECOND, 5 * SECOND).failure()).isNull();
    }

    @Test
    void replyFromAnotherPeerDoesNotEndARequest() {
        TestTransport a = node(1, scoped());
        TestTransport b = node(2, scoped());
        TestTransport liar = node(3, scoped());
        ping(liar, a.record, SECOND, 5 * SECOND); // connects them
        List<RequestResult> ends = new ArrayList<>();
        long id = a.transport.nextRequestId();
        a.transport.request(b.record, new DhtMessage.Ping(id), 5 * SECOND, ends::add);
        clock.runFor(SECOND);
        liar.transport.send(a.record.id(), new DhtMessage.Pong(id), null);
        clock.runFor(SECOND);
        assertThat(ends).isEmpty();
        assertThat(a.transport.misplacedReplies()).isEqualTo(1);
        b.transport.send(a.record.id(), new DhtMessage.Pong(id), null);
        clock.runFor(SECOND);
        assertThat(ends).hasSize(1).allMatch(exchange -> exchange.failure() == null);
    }

    @Test
    void aReplyAfterTheTimeoutIsCountedAsLate() {
        TestTransport a = node(1, scoped());
        TestTransport b = node(2, scoped());
        b.transport.subscribe(Topic.DHT, (from, message, done) -> {
            var unused = b.runtime.schedule(3 * SECOND, () -> {
                b.transport.send(from, new DhtMessage.Pong(message.requestId()), null);
                done.run();
            });
        });
        RequestResult exchange = ping(a, b.record, 2 * SECOND, 60 * SECOND);
        assertThat(exchange.failure()).isEqualTo(RequestFailure.REPLY_TIMED_OUT);
        assertThat(exchange.replyNanos()).isEqualTo(2 * SECOND);
        assertThat(a.watch.requestTimeouts).isEqualTo(1);
        assertThat(a.watch.lateReplies).isEqualTo(1);
        assertThat(a.transport.lateReplies()).isEqualTo(1);
    }

    @Test
    void answeredRequestsShareOneTimerAndWantNoAcknowledgement() {
        TestTransport a = node(1, scoped());
        TestTransport b = node(2, scoped());
        answersPings(b);
        ping(a, b.record, 25 * SECOND, 60 * SECOND);
        long acknowledged = a.endpoint.acknowledgements();
        long pendingBefore = clock.pending();
        for (int i = 0; i < 100; i++) ping(a, b.record, 25 * SECOND, 50 * MILLI);
        assertThat(a.endpoint.acknowledgements()).isEqualTo(acknowledged);
        assertThat(clock.pending()).isLessThanOrEqualTo(pendingBefore + 1);
        assertThat(a.watch.replies).isEqualTo(101);
    }

    @Test
    void theTimeoutOfALargeRequestStartsWhenItHasBeenSent() {
        TestTransport a = node(1, scoped());
        TestTransport b = node(2, scoped());
        ping(a, b.record, SECOND, 5 * SECOND);
        List<RequestResult> ends = new ArrayList<>();
        Chunk chunk = new Chunk(TestTransport.id(50), Chunk.MAX_BYTES, null);
        Message put = new ChunkMessage.PutRequest(a.transport.nextRequestId(), chunk);
        a.transport.request(b.record, put, SECOND, ends::add);
        clock.runFor(5 * SECOND);
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).replyNanos()).isEqualTo(SECOND + 2 * LoopbackEndpoint.ONE_WAY_NANOS);
    }

    @Test
    void requestsBeyondTheBoundAreRefusedAtOnce() {
        TestTransport a = node(1, TestConfigs.transport("scoped-locks", 32, 10, 1000));
        TestTransport b = node(2, scoped());
        List<RequestFailure> failures = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            a.transport.request(b.record, new DhtMessage.Ping(a.transport.nextRequestId()), SECOND, exchange -> {
                if (exchange.failure() != null) failures.add(exchange.failure());
            });
        }
        assertThat(failures).containsExactly(RequestFailure.TOO_MANY_REQUESTS, RequestFailure.TOO_MANY_REQUESTS);
        assertThat(a.transport.pendingRequests()).isEqualTo(10);
        clock.runFor(5 * SECOND);
        assertThat(failures).hasSize(12);
        assertThat(a.transport.pendingRequests()).isZero();
    }

    @Test
    void aStalePeerIsRemovedByAFailedSendWithoutAListener() {
        TestTransport a = node(1, scoped());
        TestTransport b = node(2, scoped());
        answersPings(b);
        ping(a, b.record, SECOND, 5 * SECOND);
        b.endpoint.blackout();
        assertThat(a.transport.peerCount()).isEqualTo(1);
        a.transport.send(b.record.id(), new DhtMessage.Notify(a.record), null);
        clock.runFor(5 * SECOND);
        assertThat(a.transport.peerCount()).isZero();
        assertThat(a.endpoint.connections()).isEmpty();
        assertThat(ping(a, b.record, SECOND, 5 * SECOND).failure())
                .as("dialled anew")
                .isNull();
    }

    @Test
    void aSendToAnUnknownPeerFailsAtOnce() {
        TestTransport a = node(1, scoped());
        boolean[] failed = {false};
        a.transport.send(TestTransport.id(2), new DhtMessage.Notify(a.record), new SendListener() {
            @Override
            public void acknowledged() {
                throw new AssertionError("nobody is there");
            }

            @Override
            public void sendFailed() {
                failed[0] = true;
            }
        });
        assertThat(failed[0]).isTrue();
    }

    @Test
    void aHandlerThatLagsLosesTheOldest() {
        TestTransport a = node(1, scoped());
        TestTransport b = node(2, TestConfigs.transport("scoped-locks", 256, 256, 5));
        List<Message> handled = new ArrayList<>();
        List<Runnable> open = new ArrayList<>();
        b.transport.subscribe(Topic.REPLICATION, (from, message, done) -> {
            handled.add(message);
            open.add(done);
        });
        ping(a, b.record, SECOND, 5 * SECOND);
        List<Message> sent = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Message message = new dev.kilonode.node.wire.ReplicationMessage.PaidNotify(TestTransport.id(i));
            sent.add(message);
            a.transport.send(b.record.id(), message, null);
        }
        clock.runFor(SECOND);
        assertThat(handled).as("one at a time").containsExactly(sent.get(0));
        assertThat(b.watch.drops(DropCause.HANDLER_LAGGED)).isEqualTo(3);
        while (!open.isEmpty()) open.remove(0).run();
        assertThat(handled)
                .containsExactly(sent.get(0), sent.get(4), sent.get(5), sent.get(6), sent.get(7), sent.get(8));
        assertThat(b.transport.pool(Topic.REPLICATION).account().dropped(MessageKind.PAID_NOTIFY))
                .isEqualTo(3);
        assertThat(b.transport.invariantsHold()).isTrue();
    }

    @Test
    void shutdownEndsEveryRequestAndCountsWhatWaited() {
        TestTransport a = node(1, TestConfigs.transport("lock-across-registration", 256));
        TestTransport b = node(2, TestConfigs.transport("lock-across-registration", 256));
        ping(a, b.record, SECOND, 5 * SECOND);
        b.endpoint.holdRegistrations();
        List<RequestResult> ends = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            a.transport.request(b.record, new DhtMessage.Ping(a.transport.nextRequestId()), 25 * SECOND, ends::add);
        }
        PeerRecord nobody = new PeerRecord(TestTransport.id(9), new NodeAddress(9, 9));
        a.transport.request(nobody, new DhtMessage.Ping(a.transport.nextRequestId()), 25 * SECOND, ends::add);
        clock.runFor(SECOND);
        assertThat(b.transport.shardDepth()).isEqualTo(49);
        a.transport.shutdown(true);
        b.transport.shutdown(true);
        assertThat(ends).hasSize(51).allMatch(exchange -> exchange.failure() == RequestFailure.SHUT_DOWN);
        assertThat(b.watch.drops(DropCause.SHUT_DOWN)).isEqualTo(49);
        assertThat(b.transport.totalDrops()).as("not an overflow").isZero();
        assertThat(b.transport.invariantsHold()).isTrue();
        b.endpoint.releaseRegistrations();
        clock.runFor(60 * SECOND);
        a.transport.request(b.record, new DhtMessage.Ping(a.transport.nextRequestId()), SECOND, ends::add);
        assertThat(ends.get(51).failure()).isEqualTo(RequestFailure.SHUT_DOWN);
        assertThat(clock.pending()).as("timers left").isZero();
    }
}
