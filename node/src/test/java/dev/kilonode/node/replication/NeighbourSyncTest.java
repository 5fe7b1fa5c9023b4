package dev.kilonode.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.AuditOutcome;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.testkit.Behaviour;
import dev.kilonode.node.testkit.TestConfigs;
import dev.kilonode.node.testkit.TestNetwork;
import dev.kilonode.node.testkit.TestNode;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.ReplicationMessage.SyncReply;
import dev.kilonode.node.wire.ReplicationMessage.SyncRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NeighbourSyncTest {

    private static final Duration THREE_HOURS = Duration.ofHours(3);

    private final SplittableRandom random = new SplittableRandom(3);
    private final TestNetwork network = new TestNetwork(3);
    private final List<Integer> keysGoneThrough = new ArrayList<>();
    private final List<AuditOutcome> audits = new ArrayList<>();
    private int pruned;

    private final NodeObserver watch = new NodeObserver() {
        @Override
        public void record(Metric metric, double value) {
            if (metric == Metric.HINT_KEYS) keysGoneThrough.add((int) value);
        }

        @Override
        public void add(Metric metric, int label, long events) {
            if (metric == Metric.AUDITS) audits.add(AuditOutcome.values()[label]);
            if (metric == Metric.PRUNED) pruned++;
        }
    };

    private List<TestNode> nodes(int count, ReplicationConfig config) {
        List<TestNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(new TestNode(
                    network, network.newPeer(false), TestConfigs.dht(0, 0), config, watch, new Bytes(1L << 30), false));
        }
        network.linkAll();
        for (TestNode node : nodes) node.upkeep.start();
        return nodes;
    }

    private static ReplicationConfig syncing(int peers) {
        return TestConfigs.replication(64, Duration.ZERO, TestConfigs.sync(peers), TestConfigs.audit(false));
    }

    private Chunk chunk() {
        return new Chunk(PeerId.random(random), 1000, null);
    }

    private static void assertBalanced(List<TestNode> nodes) {
        for (TestNode node : nodes) {
            assertThat(node.upkeep.invariantsHold()).isTrue();
            assertThat(node.store.invariantsHold()).isTrue();
        }
    }

    @Test
    void aNodeThatLostItsChunksGetsThemBackFromItsNeighbours() {
        List<TestNode> nodes = nodes(8, syncing(4));
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < 10; i++) chunks.add(chunk());
        for (TestNode node : nodes.subList(1, 8)) for (Chunk chunk : chunks) node.hold(chunk);
        network.clock().runFor(THREE_HOURS);
        for (Chunk chunk : chunks) {
            boolean concerns = nodes.subList(1, 8).stream()
                    .anyMatch(node -> Hints.names(
                            node.dht.closest(chunk.address(), 7),
                            nodes.get(0).record().id()));
            assertThat(nodes.get(0).store.holds(chunk.address())).isEqualTo(concerns);
        }
        assertThat(nodes.get(0).store.size()).isPositive();
        assertBalanced(nodes);
    }

    @Test
    void withoutSyncNothingIsSentAndNothingScanned() {
        List<TestNode> nodes = nodes(8, syncing(0));
        for (int i = 0; i < 10; i++) nodes.get(1).hold(chunk());
        network.clock().runFor(THREE_HOURS);
        assertThat(network.sent()).isEmpty();
        assertThat(keysGoneThrough).isEmpty();
    }

    @Test
    void aKeyThatNobodyElseHoldsIsNotConfirmed() {
        List<TestNode> nodes = nodes(8, syncing(4));
        Chunk lonely = chunk();
        nodes.get(1).hold(lonely);
        network.clock().runFor(THREE_HOURS);
        assertThat(network.sent().stream().filter(s -> s.message().kind() == MessageKind.VERIFY_REQUEST))
                .isNotEmpty();
        assertThat(network.sent().stream().filter(s -> s.message().kind() == MessageKind.FETCH_REQUEST))
                .isEmpty();
        assertThat(nodes.stream().filter(n -> n.store.holds(lonely.address()))).hasSize(1);
        assertBalanced(nodes);
    }

    @Test
    void hintsAndTheirWorkGrowWithWhatIsStored() {
        List<TestNode> nodes = nodes(8, syncing(4));
        network.clock().runFor(Duration.ofMinutes(90));
        assertThat(keysGoneThrough).isNotEmpty().containsOnly(0);
        keysGoneThrough.clear();
        int said = network.sent().size();
        for (TestNode node : nodes) node.hold(chunk());
        for (int i = 0; i < 50; i++) {
            Chunk chunk = chunk();
            for (TestNode node : nodes) node.hold(chunk);
        }
        network.clock().runFor(Duration.ofMinutes(90));
        assertThat(keysGoneThrough).isNotEmpty().allMatch(keys -> keys >= 51);
        for (TestNetwork.Sent sent : network.sent().subList(said, network.sent().size())) {
            if (sent.message() instanceof SyncRequest sync)
                assertThat(sync.payloadBytes()).isGreaterThan(40 * 32);
        }
    }

    @Test
    void fourNeighboursARoundOneAfterAnotherAndEachOnceAnHour() {
        List<TestNode> nodes = nodes(30, syncing(4));
        TestNode node = nodes.get(0);
        network.clock().runFor(Duration.ofMinutes(59));
        List<TestNetwork.Sent> asked = network.sentBy(node.record().id(), MessageKind.SYNC_REQUEST);
        assertThat(asked).hasSizeBetween(8, 20);
        assertThat(asked).extracting(TestNetwork.Sent::to).doesNotHaveDuplicates();
        assertThat(node.messenger.mostOutstanding()).isEqualTo(1);
    }

    @Test
    void aChangeAmongTheClosestBeginsARoundAtOnce() {
        List<TestNode> nodes = nodes(8, syncing(4));
        network.clock().runFor(Duration.ofSeconds(1));
        int before = network.sentBy(nodes.get(0).record().id(), MessageKind.SYNC_REQUEST)
                .size();
        TestNode newcomer = new TestNode(network, network.newPeer(false), TestConfigs.dht(0, 0), syncing(4));
        network.link(nodes.get(0).messenger, newcomer.messenger);
        network.clock().runFor(Duration.ofSeconds(5));
        assertThat(network.sentBy(nodes.get(0).record().id(), MessageKind.SYNC_REQUEST))
                .hasSizeGreaterThan(before);
    }

    @Test
    void keysBeyondTheQueueAreDroppedAndCounted() {
        List<TestNode> nodes = nodes(3, syncing(4));
        List<PeerId> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) keys.add(PeerId.random(random));
        nodes.get(1).messenger.send(nodes.get(0).record().id(), new SyncRequest(7, keys, List.of()), null);
        network.clock().runFor(Duration.ofMillis(100));
        assertThat(nodes.get(0).upkeep.keysWaiting()).isEqualTo(100);
        assertBalanced(nodes);
        network.clock().runFor(Duration.ofSeconds(5));
        assertThat(nodes.get(0).upkeep.keysWaiting()).isZero();
        assertThat(network.sentBy(nodes.get(0).record().id(), MessageKind.SYNC_REPLY))
                .extracting(s -> ((SyncReply) s.message()).replicas())
                .containsExactly(List.of());
        assertBalanced(nodes);
    }

    @Test
    void chunksOfOtherNodesArePrunedAfterADelay() {
        List<TestNode> nodes = nodes(25, syncing(4));
        TestNode node = nodes.get(0);
        for (int i = 0; i < 20; i++) node.hold(chunk());
        network.clock().runFor(Duration.ofHours(5));
        assertThat(node.store.size()).isEqualTo(20);
        network.clock().runFor(Duration.ofHours(3));
        assertThat(node.store.addresses()).allMatch(key -> !others(node, key));
        assertThat(pruned).isEqualTo(20 - node.store.size()).isPositive();
        assertThat(node.store.invariantsHold()).isTrue();
    }

    private static boolean others(TestNode node, PeerId key) {
        PeerId seventh = node.dht.closest(key, 7).get(6).id();
        return key.compareDistance(seventh, node.record().id()) < 0;
    }

    @Test
    void auditsPassWhereChunksAreHeldAndFailWhereTheyAreNot() {
        ReplicationConfig config =
                TestConfigs.replication(64, Duration.ZERO, TestConfigs.sync(0), TestConfigs.audit(true));
        List<TestNode> nodes = nodes(6, config);
        for (int i = 0; i < 16; i++) {
            Chunk chunk = chunk();
            for (TestNode node : nodes.subList(0, 5)) node.hold(chunk);
        }
        network.clock().runFor(Duration.ofHours(10));
        assertThat(audits).contains(AuditOutcome.PASSED, AuditOutcome.FAILED).doesNotContain(AuditOutcome.UNANSWERED);
        network.set(nodes.get(5).record().id(), Behaviour.SILENT);
        network.clock().runFor(Duration.ofHours(10));
        assertThat(audits).contains(AuditOutcome.UNANSWERED);
        TestNetwork.Sent request = network.sentBy(nodes.get(0).record().id(), MessageKind.AUDIT_REQUEST)
                .get(0);
        assertThat(request.message().payloadBytes()).isEqualTo(48 + 8 + 4 + 4 * 32); // the root of 16
    }

    @Test
    void thePeerMapIsReadForEveryKey() {
        ReplicationConfig.Sync sync = TestConfigs.sync(4);
        ReplicationConfig.Sync reading = new ReplicationConfig.Sync(
                sync.peers(),
                sync.among(),
                sync.every(),
                sync.coolDown(),
                sync.timeout(),
                2,
                sync.verifyPoll(),
                sync.verifyTimeout(),
                sync.verifyQueue(),
                sync.concurrentFetches(),
                sync.fetchQueue(),
                sync.fetchTimeout(),
                sync.pruneAfter());
        List<TestNode> nodes = nodes(4, TestConfigs.replication(64, Duration.ZERO, reading, TestConfigs.audit(false)));
        for (int i = 0; i < 5; i++) nodes.get(0).hold(chunk());
        network.clock().runFor(Duration.ofMinutes(30));
        int hints = network.sentBy(nodes.get(0).record().id(), MessageKind.SYNC_REQUEST)
                        .size()
                + network.sentBy(nodes.get(0).record().id(), MessageKind.SYNC_REPLY)
                        .size();
        assertThat(nodes.get(0).messenger.peerReads()).isEqualTo(hints * 5L * 2).isPositive();
    }
}
