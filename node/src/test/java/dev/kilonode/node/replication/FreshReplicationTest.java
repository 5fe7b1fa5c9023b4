package dev.kilonode.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.testkit.Behaviour;
import dev.kilonode.node.testkit.TestConfigs;
import dev.kilonode.node.testkit.TestNetwork;
import dev.kilonode.node.testkit.TestNode;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.MessageKind;
import dev.kilonode.node.wire.PeerRecord;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreshReplicationTest {

    private final SplittableRandom random = new SplittableRandom(1);
    private final TestNetwork network = new TestNetwork(1);
    private final List<TestNode> nodes = TestNode.mesh(network, 50, TestConfigs.dht(0, 0));
    private final TestNode node = nodes.get(0);

    private Chunk chunk() {
        return new Chunk(PeerId.random(random), 1 << 20, null);
    }

    /** The closest that this node knows: a full bucket has no room for all of them. */
    private List<TestNode> nodesClosestTo(PeerId address, int count) {
        List<PeerRecord> known = node.dht.closest(address, count);
        return nodes.stream().filter(n -> known.contains(n.record())).toList();
    }

    @Test
    void theSevenClosestGetACopyAndTwentyHearOfThePayment() {
        Chunk chunk = chunk();
        node.replication.chunkStored(chunk);
        network.clock().runFor(Duration.ofSeconds(5));

        assertThat(nodes.stream().filter(n -> n.store.holds(chunk.address())))
                .containsExactlyInAnyOrderElementsOf(nodesClosestTo(chunk.address(), 7));
        assertThat(nodes.stream().filter(n -> n != node && n.replication.paidChunks() == 1))
                .containsExactlyInAnyOrderElementsOf(nodesClosestTo(chunk.address(), 20));
        assertThat(node.replication.copiesAccepted()).isEqualTo(7);
        assertThat(node.replication.noticesSent()).isEqualTo(20);
        assertThat(network.sent().stream().filter(s -> s.message().kind() == MessageKind.FRESH_OFFER))
                .as("replicas are not passed on")
                .hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverMoreThanThreeCopiesUnderWayAndEveryCopyIsAccountedFor(long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        for (TestNode other : nodes.subList(1, 50)) {
            if (chance.nextInt(5) == 0) network.set(other.record().id(), Behaviour.SILENT);
            network.setLatency(other.record().id(), Duration.ofMillis(1 + chance.nextInt(3_000)));
        }
        for (int i = 0; i < 40; i++) {
            node.replication.chunkStored(chunk());
            for (int step = 0; step < 20; step++) {
                network.clock().runFor(Duration.ofMillis(chance.nextInt(200)));
                assertThat(node.replication.copiesUnderWay())
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(3);
                assertThat(node.messenger.mostOutstanding()).as("seed %d", seed).isLessThanOrEqualTo(3);
                assertThat(node.replication.invariantsHold())
                        .as("seed %d", seed)
                        .isTrue();
            }
        }
        assertThat(node.replication.copiesOffered()).isEqualTo(40 * 7);
        assertThat(node.replication.copiesRefused()).as("seed %d", seed).isPositive();
        network.clock().runFor(Duration.ofMinutes(30));
        assertThat(node.replication.copiesUnderWay() + node.replication.copiesWaiting())
                .isZero();
        assertThat(node.replication.invariantsHold()).isTrue();
        assertThat(node.replication.copiesFailed()).as("seed %d", seed).isPositive();
    }

    @Test
    void aFullQueueRefusesFurtherCopies() {
        TestNetwork own = new TestNetwork(2);
        TestNode storing = new TestNode(own, own.newPeer(false), TestConfigs.dht(0, 0), TestConfigs.replication(2));
        for (int i = 0; i < 10; i++) {
            new TestNode(own, own.newPeer(false), TestConfigs.dht(0, 0), TestConfigs.replication(2));
        }
        own.linkAll();
        storing.replication.chunkStored(chunk());
        assertThat(storing.replication.copiesUnderWay()).isEqualTo(3);
        assertThat(storing.replication.copiesWaiting()).isEqualTo(2);
        assertThat(storing.replication.copiesRefused()).isEqualTo(2);
    }

    @Test
    void aChunkHeldAlreadyIsDeclined() {
        Chunk chunk = chunk();
        TestNode holder = nodesClosestTo(chunk.address(), 1).get(0);
        holder.hold(chunk);
        node.replication.chunkStored(chunk);
        network.clock().runFor(Duration.ofSeconds(5));
        assertThat(node.replication.copiesDeclined()).isEqualTo(1);
        assertThat(node.replication.copiesAccepted()).isEqualTo(6);
    }

    @Test
    void peersThatAreNotConnectedAreDialled() {
        Chunk chunk = chunk();
        TestNode holder = nodesClosestTo(chunk.address(), 1).get(0);
        node.messenger.disconnect(holder.record().id());
        node.replication.chunkStored(chunk);
        network.clock().runFor(Duration.ofSeconds(5));
        assertThat(holder.store.holds(chunk.address())).isTrue();
        assertThat(holder.replication.paidChunks()).isEqualTo(1);
    }

    @Test
    void paidChunksAreBounded() {
        PaidChunks paid = new PaidChunks();
        for (int i = 0; i < PaidChunks.REMEMBERED + 5; i++) paid.add(PeerId.random(random));
        assertThat(paid.size()).isEqualTo(PaidChunks.REMEMBERED);
        assertThat(paid.forgotten()).isEqualTo(5);
    }

    @Test
    void theChainIsAskedOncePerChunkAndTheLoopWaits() {
        TestNetwork own = new TestNetwork(4);
        ReplicationConfig config =
                TestConfigs.replication(64, Duration.ofSeconds(2), TestConfigs.sync(0), TestConfigs.audit(false));
        for (int i = 0; i < 3; i++) new TestNode(own, own.newPeer(false), TestConfigs.dht(0, 0), config);
        TestNode storing = new TestNode(own, own.newPeer(false), TestConfigs.dht(0, 0), config);
        TestNode holder = new TestNode(own, own.newPeer(false), TestConfigs.dht(0, 0), config);
        own.linkAll();
        Chunk chunk = chunk();
        storing.replication.chunkStored(chunk);
        own.clock().runFor(Duration.ofMillis(1900));
        assertThat(holder.store.holds(chunk.address())).isFalse();
        own.clock().runFor(Duration.ofSeconds(1));
        assertThat(holder.store.holds(chunk.address())).isTrue();
        long asked = holder.replication.paymentLookups();
        assertThat(asked).isBetween(1L, 2L); // the test's transport hands on the notice while the offer waits
        storing.replication.chunkStored(chunk);
        own.clock().runFor(Duration.ofSeconds(10));
        assertThat(holder.replication.paymentLookups()).isEqualTo(asked);
    }
}
