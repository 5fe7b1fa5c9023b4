package dev.kilonode.node.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.testkit.Behaviour;
import dev.kilonode.node.testkit.TestConfigs;
import dev.kilonode.node.testkit.TestMessenger;
import dev.kilonode.node.testkit.TestNetwork;
import dev.kilonode.node.testkit.TestNode;
import dev.kilonode.node.wire.DhtMessage.FindNode;
import dev.kilonode.node.wire.DhtMessage.FindNodeReply;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.PeerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DhtTest {

    private static TestNode node(TestNetwork network, DhtConfig config) {
        return new TestNode(network, network.newPeer(false), config, TestConfigs.replication(64));
    }

    /** Nodes that join by the first of them, five seconds apart. */
    private static List<TestNode> joined(TestNetwork network, int count, DhtConfig config) {
        return joined(network, count, config, config);
    }

    private static List<TestNode> joined(TestNetwork network, int count, DhtConfig config, DhtConfig lastOnes) {
        List<TestNode> nodes = new ArrayList<>();
        List<PeerRecord> bootstraps = new ArrayList<>();
        int[] joined = {0};
        for (int i = 0; i < count; i++) {
            TestNode node = node(network, i == count - 1 ? lastOnes : config);
            nodes.add(node);
            node.dht.start(bootstraps, () -> joined[0]++);
            if (i == 0) bootstraps.add(node.record());
            network.clock().runFor(Duration.ofSeconds(5));
        }
        network.clock().runFor(Duration.ofSeconds(30));
        assertThat(joined[0]).as("nodes that joined").isEqualTo(count);
        return nodes;
    }

    /** Prefixes shared with the asking node's id by the ids it asked for since {@code from}. */
    private static Set<Integer> bucketsAsked(TestNetwork network, TestNode node, int from) {
        Set<Integer> buckets = new TreeSet<>();
        for (TestNetwork.Sent sent : network.sent().subList(from, network.sent().size())) {
            if (sent.from().equals(node.record().id()) && sent.message() instanceof FindNode find) {
                buckets.add(find.target().sharedPrefix(node.record().id()));
            }
        }
        buckets.remove(256); // self-lookups
        return buckets;
    }

    @Test
    void joiningFillsTheTableWithAllThatFit() {
        TestNetwork network = new TestNetwork(1);
        List<TestNode> nodes = joined(network, 40, TestConfigs.dht(0, 0));
        for (TestNode node : nodes.subList(20, 40)) {
            assertThat(node.dht.tableSize()).isGreaterThanOrEqualTo(19);
            assertThat(node.dht.joined()).isTrue();
        }
        assertThat(nodes.get(0).dht.tableSize()).isGreaterThanOrEqualTo(30);
    }

    @Test
    void aNodeTriesAgainWhenNoBootstrapAnswers() {
        TestNetwork network = new TestNetwork(2);
        TestNode bootstrap = node(network, TestConfigs.dht(0, 0));
        TestNode node = node(network, TestConfigs.dht(0, 0));
        network.set(bootstrap.record().id(), Behaviour.DEAD);
        List<String> told = new ArrayList<>();
        node.dht.start(List.of(bootstrap.record()), () -> told.add("joined"));
        network.clock().runFor(Duration.ofSeconds(60));
        assertThat(told).isEmpty();
        network.set(bootstrap.record().id(), Behaviour.WELL);
        network.clock().runFor(Duration.ofSeconds(30));
        assertThat(told).containsExactly("joined");
    }

    @Test
    void answersNameKPeersButNotTheAsker() {
        TestNetwork network = new TestNetwork(3);
        List<TestNode> nodes = TestNode.mesh(network, 50, TestConfigs.dht(0, 0));
        TestMessenger asker = nodes.get(0).messenger;
        List<FindNodeReply> replies = new ArrayList<>();
        asker.request(
                nodes.get(1).record(),
                new FindNode(asker.nextRequestId(), asker.self().id()),
                1_000_000_000L,
                exchange -> replies.add((FindNodeReply) java.util.Objects.requireNonNull(exchange.reply())));
        network.clock().runFor(Duration.ofSeconds(1));
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0).closest()).hasSize(20).doesNotContain(asker.self());
    }

    @Test
    void clientsAreNotAddedToRoutingTables() {
        TestNetwork network = new TestNetwork(4);
        TestNode node = node(network, TestConfigs.dht(0, 0));
        TestNode client = new TestNode(
                network,
                network.newPeer(true),
                TestConfigs.dht(60, 8),
                TestConfigs.replication(64),
                NodeObserver.NONE,
                new Bytes(0),
                true);
        client.dht.start(List.of(node.record()), () -> {});
        network.clock().runFor(Duration.ofHours(2));
        assertThat(node.dht.tableSize()).isZero();
        assertThat(node.dht.connectedPeers()).isEqualTo(1);
        assertThat(client.dht.tableSize()).isEqualTo(1);
        assertThat(client.dht.bucketsRefreshed())
                .as("clients do no maintenance")
                .isZero();
        assertThat(client.dht.notificationsSent()).isZero();
    }

    @Test
    void refreshLeavesTouchedBucketsAloneAndAfterAnHourIncludesEmptyOnes() {
        TestNetwork network = new TestNetwork(5);
        TestNode node = joined(network, 30, TestConfigs.dht(0, 2), TestConfigs.dht(256, 2))
                .get(29);
        int from = network.sent().size();
        network.clock().runFor(Duration.ofMinutes(57 - 3));
        assertThat(bucketsAsked(network, node, from))
                .as("within the first hour")
                .isEmpty();
        assertThat(node.dht.refreshPasses()).isGreaterThanOrEqualTo(5);

        from = network.sent().size();
        network.clock().runFor(Duration.ofMinutes(30));
        Set<Integer> asked = bucketsAsked(network, node, from);
        assertThat(asked).hasSizeGreaterThan(240).contains(100, 200, 255);
        assertThat(asked).as("buckets whose peers speak every second").doesNotContain(0, 1);
        assertThat(node.messenger.mostOutstanding())
                .as("one refresh and two self-lookups")
                .isLessThanOrEqualTo(9);
    }

    @Test
    void aPassRefreshesNoMoreThanTheConfiguredNumberOfBuckets() {
        TestNetwork network = new TestNetwork(6);
        TestNode node = joined(network, 10, TestConfigs.dht(7, 2)).get(9);
        network.clock().runFor(Duration.ofMinutes(65));
        long refreshed = node.dht.bucketsRefreshed();
        long passes = node.dht.refreshPasses();
        network.clock().runFor(Duration.ofMinutes(50));
        assertThat(node.dht.refreshPasses() - passes).isEqualTo(5);
        assertThat(node.dht.bucketsRefreshed() - refreshed).isEqualTo(5 * 7);
    }

    @Test
    void aPassThatOverrunsItsIntervalDelaysTheNext() {
        TestNetwork network = new TestNetwork(7);
        List<TestNode> nodes = joined(network, 10, TestConfigs.dht(60, 2));
        TestNode node = nodes.get(9);
        network.clock().runFor(Duration.ofMinutes(65));
        for (TestNode slow : nodes.subList(0, 9))
            network.setLatency(slow.record().id(), Duration.ofSeconds(12));
        network.clock().runFor(Duration.ofMinutes(1));
        long passes = node.dht.refreshPasses();
        long refreshed = node.dht.bucketsRefreshed();
        network.clock().runFor(Duration.ofMinutes(60));
        // three waves of 12.05 s: about 36 s for each of 60 buckets, 36 minutes for a pass
        assertThat(node.dht.refreshPasses() - passes).isBetween(1L, 2L);
        assertThat(node.dht.bucketsRefreshed() - refreshed).isBetween(80L, 110L);
        assertThat(node.dht.lookupsUnderWay()).isLessThanOrEqualTo(3);
    }

    @Test
    void aRestAfterEachPassMakesFewerPasses() {
        long counted = refreshedInAnHour(TestConfigs.dht(60, 2, false));
        long rested = refreshedInAnHour(TestConfigs.dht(60, 2, true));
        assertThat(counted).as("every ten minutes").isBetween(5L, 7L);
        assertThat(rested)
                .as("each takes minutes, then ten of rest")
                .isPositive()
                .isLessThan(counted);
    }

    private static long refreshedInAnHour(DhtConfig config) {
        TestNetwork network = new TestNetwork(7);
        List<TestNode> nodes = joined(network, 10, config);
        for (TestNode node : nodes) network.setLatency(node.record().id(), Duration.ofSeconds(1));
        network.clock().runFor(Duration.ofMinutes(80));
        long before = nodes.get(9).dht.refreshPasses();
        network.clock().runFor(Duration.ofHours(1));
        return nodes.get(9).dht.refreshPasses() - before;
    }

    @Test
    void notificationsAreSentAtTheirRateWithoutReplies() {
        TestNetwork network = new TestNetwork(8);
        List<TestNode> nodes = joined(network, 30, TestConfigs.dht(0, 8));
        TestNode node = nodes.get(29);
        for (TestNode other : nodes.subList(0, 29)) {
            network.set(other.record().id(), Behaviour.SILENT);
            other.dht.stop();
        }
        long before = node.dht.notificationsSent();
        network.clock().runFor(Duration.ofSeconds(500));
        assertThat(node.dht.notificationsSent() - before).isBetween(3_800L, 4_200L); // 4000, 3 sigma = 190
        assertThat(network.sentBy(node.record().id(), MessageKind.NOTIFY).stream()
                        .map(TestNetwork.Sent::to)
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void selfLookupsRecurAndDialLostPeers() {
        TestNetwork network = new TestNetwork(9);
        List<TestNode> nodes = joined(network, 10, TestConfigs.dht(0, 0));
        TestNode node = nodes.get(9);
        PeerId lost = nodes.get(3).record().id();
        node.messenger.disconnect(lost);
        long before = node.dht.lookupsStarted();
        network.clock().runFor(Duration.ofHours(2));
        assertThat(node.dht.lookupsStarted() - before)
                .as("two loops, every 5 to 10 minutes")
                .isBetween(24L, 48L);
        assertThat(node.messenger.isConnected(lost)).isTrue();
    }

    @Test
    void silentNeighboursAreRemoved() {
        TestNetwork network = new TestNetwork(10);
        List<TestNode> nodes = joined(network, 10, TestConfigs.dht(0, 0));
        TestNode node = nodes.get(9);
        TestNode gone = nodes.get(4);
        assertThat(node.dht.closest(gone.record().id(), 1)).containsExactly(gone.record());
        network.set(gone.record().id(), Behaviour.SILENT);
        gone.dht.stop();
        network.clock().runFor(Duration.ofHours(1));
        assertThat(node.dht.closest(gone.record().id(), 20)).doesNotContain(gone.record());
    }

    @Test
    void anUntrustedPeerIsEvictedAndReported() {
        TestNetwork network = new TestNetwork(11);
        int[] evicted = {0};
        NodeObserver observer = new NodeObserver() {
            @Override
            public void add(Metric metric, int label, long events) {
                if (metric == Metric.EVICTIONS) evicted[0]++;
            }
        };
        TestNode node = new TestNode(
                network,
                network.newPeer(false),
                TestConfigs.dht(0, 0),
                TestConfigs.replication(8),
                observer,
                new Bytes(0),
                false);
        TestNode bad = node(network, TestConfigs.dht(0, 0));
        TestNode good = node(network, TestConfigs.dht(0, 0));
        network.linkAll();
        network.set(bad.record().id(), Behaviour.SILENT);
        for (int i = 0; i < 6; i++) {
            node.dht.lookup(bad.record().id(), 2, result -> {});
            network.clock().runFor(Duration.ofSeconds(30));
        }
        assertThat(evicted[0]).isEqualTo(1);
        assertThat(node.dht.closest(bad.record().id(), 5)).containsExactly(good.record());
        network.set(bad.record().id(), Behaviour.WELL);
        node.messenger.disconnect(bad.record().id());
        network.link(node.messenger, bad.messenger);
        assertThat(node.dht.tableSize()).as("still barred").isEqualTo(1);
        network.clock().runFor(Duration.ofMinutes(5));
        node.messenger.disconnect(bad.record().id());
        network.link(node.messenger, bad.messenger);
        assertThat(node.dht.tableSize()).isEqualTo(2);
    }

    @Test
    void anIsolatedNodeAsksItsBootstrapsAgainAfterTheCoolDown() {
        TestNetwork network = new TestNetwork(12);
        TestNode bootstrap = node(network, TestConfigs.dht(0, 0));
        TestNode node = node(network, TestConfigs.dht(0, 0));
        int[] joined = {0};
        node.dht.start(List.of(bootstrap.record()), () -> joined[0]++);
        network.clock().runFor(Duration.ofMinutes(1));
        node.messenger.disconnect(bootstrap.record().id());
        int dials = node.messenger.dials();
        network.clock().runFor(Duration.ofMinutes(20));
        assertThat(node.messenger.dials()).isGreaterThan(dials);
        assertThat(node.messenger.isConnected(bootstrap.record().id())).isTrue();
        assertThat(joined[0]).isEqualTo(1);
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        List<TestNetwork.Sent> trace = trace(13);
        assertThat(trace.size()).isGreaterThan(10_000);
        assertThat(trace.equals(trace(13))).isTrue();
        assertThat(trace.equals(trace(14))).isFalse();
    }

    private static List<TestNetwork.Sent> trace(long seed) {
        TestNetwork network = new TestNetwork(seed);
        joined(network, 15, TestConfigs.dht(3, 1));
        network.clock().runFor(Duration.ofMinutes(75));
        return network.sent();
    }
}
