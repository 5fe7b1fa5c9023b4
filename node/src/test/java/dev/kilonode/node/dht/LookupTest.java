package dev.kilonode.node.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.testkit.Behaviour;
import dev.kilonode.node.testkit.TestConfigs;
import dev.kilonode.node.testkit.TestNetwork;
import dev.kilonode.node.testkit.TestNode;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.PeerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupTest {

    private static final DhtConfig QUIET = TestConfigs.dht(0, 0);
    private static final long ROUND_TRIP_NANOS = 2 * TestNetwork.LATENCY_NANOS;

    private static LookupResult lookUp(TestNetwork network, TestNode node, PeerId target, int count) {
        List<LookupResult> results = new ArrayList<>();
        node.dht.lookup(target, count, results::add);
        assertThat(results).as("told from within the call").isEmpty();
        network.clock().runUntil(() -> !results.isEmpty(), Duration.ofHours(1));
        assertThat(results).hasSize(1);
        assertThat(node.dht.lookupsUnderWay()).isZero();
        return results.get(0);
    }

    private static List<PeerId> ids(List<PeerRecord> peers) {
        return peers.stream().map(PeerRecord::id).toList();
    }

    private static List<PeerId> trueClosest(TestNetwork network, TestNode asking, PeerId target, int count) {
        return network.peers().stream()
                .map(m -> m.self().id())
                .filter(id -> !id.equals(asking.record().id()))
                .filter(id -> network.behaviourOf(id) == Behaviour.WELL)
                .sorted(target::compareDistance)
                .limit(count)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsTheTrueClosestOfTwoHundred(long seed) {
        TestNetwork network = new TestNetwork(seed);
        List<TestNode> nodes = TestNode.mesh(network, 200, QUIET);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20; i++) {
            TestNode asking = nodes.get(random.nextInt(nodes.size()));
            PeerId target = PeerId.random(random);
            LookupResult result = lookUp(network, asking, target, 20);
            assertThat(ids(result.closest()))
                    .as("seed %d, lookup %d", seed, i)
                    .isEqualTo(trueClosest(network, asking, target, 20));
            assertThat(result.requests()).as("seed %d, lookup %d", seed, i).isBetween(20, 40);
            assertThat(asking.messenger.mostOutstanding()).isEqualTo(3);
        }
    }

    @Test
    void aWaveWaitsForItsSlowestMember() {
        TestNetwork network = new TestNetwork(5);
        List<TestNode> nodes = TestNode.mesh(network, 60, QUIET);
        TestNode asking = nodes.get(0);
        PeerId target = PeerId.random(new SplittableRandom(5));
        LookupResult swift = lookUp(network, asking, target, 15);
        assertThat(swift.nanos() % ROUND_TRIP_NANOS).isZero();

        network.setLatency(swift.closest().get(0).id(), Duration.ofSeconds(2));
        int before = network.sentBy(asking.record().id(), MessageKind.FIND_NODE).size();
        LookupResult slow = lookUp(network, asking, target, 15);
        List<Long> instants = network.sentBy(asking.record().id(), MessageKind.FIND_NODE).stream()
                .skip(before)
                .map(TestNetwork.Sent::atNanos)
                .toList();

        assertThat(slow.nanos() - swift.nanos()).isEqualTo(Duration.ofSeconds(2).toNanos() - TestNetwork.LATENCY_NANOS);
        long firstWaveNanos = Duration.ofMillis(2050).toNanos();
        assertThat(instants.get(3) - instants.get(2)).as("the second wave").isEqualTo(firstWaveNanos);
        assertThat(instants.get(2)).as("all of the first wave at once").isEqualTo(instants.get(0));
    }

    @Test
    void aSilentPeerCostsItsTimeoutOnceAndIsNotFound() {
        TestNetwork network = new TestNetwork(6);
        List<TestNode> nodes = TestNode.mesh(network, 60, QUIET);
        TestNode asking = nodes.get(0);
        PeerId target = PeerId.random(new SplittableRandom(6));
        PeerId silent = trueClosest(network, asking, target, 1).get(0);
        network.set(silent, Behaviour.SILENT);

        LookupResult result = lookUp(network, asking, target, 15);

        assertThat(ids(result.closest())).isEqualTo(trueClosest(network, asking, target, 15));
        assertThat(result.failures()).isEqualTo(1);
        assertThat(network.sentBy(asking.record().id(), MessageKind.FIND_NODE))
                .filteredOn(s -> s.to().equals(silent))
                .hasSize(1);
        long timeoutNanos = QUIET.requestTimeout().toNanos();
        assertThat(result.nanos()).isBetween(timeoutNanos, timeoutNanos + 10 * ROUND_TRIP_NANOS);
    }

    @Test
    void aPeerWithoutAnAnnounceCostsAnIdentityTimeout() {
        TestNetwork network = new TestNetwork(7);
        List<TestNode> nodes = TestNode.mesh(network, 60, QUIET);
        TestNode asking = nodes.get(0);
        PeerId target = PeerId.random(new SplittableRandom(7));
        PeerId nameless = trueClosest(network, asking, target, 1).get(0);
        network.set(nameless, Behaviour.NAMELESS);
        asking.messenger.disconnect(nameless);

        LookupResult result = lookUp(network, asking, target, 15);

        assertThat(result.identityTimeouts()).isEqualTo(1);
        assertThat(result.identityNanos()).isEqualTo(TestNetwork.IDENTITY_TIMEOUT_NANOS);
        assertThat(result.dialNanos()).isEqualTo(ROUND_TRIP_NANOS);
    }

    @Test
    void aLookupAmongDeadPeersEnds() {
        TestNetwork network = new TestNetwork(8);
        List<TestNode> nodes = TestNode.mesh(network, 60, QUIET);
        TestNode asking = nodes.get(0);
        for (TestNode node : nodes.subList(1, nodes.size())) {
            network.set(node.record().id(), Behaviour.DEAD);
            asking.messenger.disconnect(node.record().id());
        }
        LookupResult result = lookUp(network, asking, PeerId.random(new SplittableRandom(8)), 15);

        assertThat(result.closest()).isEmpty();
        assertThat(result.failures()).isEqualTo(result.requests()).isEqualTo(20);
        assertThat(result.nanos()).isEqualTo(7 * TestNetwork.DIAL_TIMEOUT_NANOS);
    }

    @Test
    void aNodeThatKnowsNobodyFindsNobody() {
        TestNetwork network = new TestNetwork(9);
        TestNode lonely = new TestNode(network, network.newPeer(false), QUIET, TestConfigs.replication(8));
        LookupResult result = lookUp(network, lonely, PeerId.random(new SplittableRandom(9)), 15);
        assertThat(result.closest()).isEmpty();
        assertThat(result.requests()).isZero();
    }

    @Test
    void neverMoreThanTwentyWaves() {
        TestNetwork network = new TestNetwork(10);
        List<TestNode> nodes = TestNode.mesh(network, 100, QUIET);
        LookupResult result = lookUp(network, nodes.get(0), PeerId.random(new SplittableRandom(10)), 99);
        assertThat(result.requests()).isEqualTo(60);
        assertThat(result.closest()).hasSize(60);
    }

    @Test
    void theObserverIsCalledForEveryLookup() {
        TestNetwork network = new TestNetwork(11);
        List<Long> told = new ArrayList<>();
        NodeObserver observer = new NodeObserver() {
            @Override
            public void recordNanos(Metric metric, int label, long nanos, int times) {
                if (metric == Metric.LOOKUP_LATENCY) told.add(nanos);
            }
        };
        TestNode one = new TestNode(
                network, network.newPeer(false), QUIET, TestConfigs.replication(8), observer, new Bytes(1), false);
        TestNode two = new TestNode(network, network.newPeer(false), QUIET, TestConfigs.replication(8));
        lookUp(network, one, two.record().id(), 15);
        network.linkAll();
        lookUp(network, one, two.record().id(), 15);
        assertThat(told).containsExactly(0L, ROUND_TRIP_NANOS);
    }

    @Test
    void lookupsOfAStoppedNodeDoNotCallBack() {
        TestNetwork network = new TestNetwork(12);
        List<TestNode> nodes = TestNode.mesh(network, 30, QUIET);
        List<LookupResult> results = new ArrayList<>();
        nodes.get(0).dht.lookup(nodes.get(5).record().id(), 15, results::add);
        nodes.get(0).dht.stop();
        network.clock().runFor(Duration.ofMinutes(5));
        assertThat(results).isEmpty();
        assertThat(network.sentBy(nodes.get(0).record().id(), MessageKind.FIND_NODE))
                .hasSize(3);
    }
}
