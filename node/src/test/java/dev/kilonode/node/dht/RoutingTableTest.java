package dev.kilonode.node.dht;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.wire.NodeAddress;
import dev.kilonode.node.wire.PeerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {

    private static final long STALE_NANOS = 1_000;

    private static PeerRecord peer(PeerId id) {
        return new PeerRecord(id, new NodeAddress(1, 1));
    }

    private static List<PeerId> ids(List<PeerRecord> peers) {
        return peers.stream().map(PeerRecord::id).toList();
    }

    /** Ids near and far, so that shallow buckets overflow and deep ones, beyond the first word, are in use. */
    private static PeerId someId(PeerId self, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> self.randomWithSharedPrefix(random.nextInt(256), random);
            case 1 -> self.randomWithSharedPrefix(random.nextInt(12), random);
            default -> PeerId.random(random);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void closestEqualsABruteForceSort(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PeerId self = PeerId.random(random);
        RoutingTable table = new RoutingTable(self, 20, STALE_NANOS, 0);
        List<PeerId> held = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            PeerId id = someId(self, random);
            if (table.add(peer(id), 0)) held.add(id);
            if (!held.isEmpty() && random.nextInt(10) == 0) {
                assertThat(table.remove(held.remove(random.nextInt(held.size()))))
                        .isTrue();
            }
            PeerId target = random.nextInt(20) == 0 ? self : someId(self, random);
            int n = 1 + random.nextInt(40);
            PeerId except = held.isEmpty() || random.nextBoolean() ? null : held.get(random.nextInt(held.size()));
            List<PeerId> expected = held.stream()
                    .filter(h -> !java.util.Objects.equals(h, except))
                    .sorted(target::compareDistance)
                    .limit(n)
                    .toList();
            assertThat(ids(table.closest(target, n, except)))
                    .as("seed %d, step %d, target %s, n %d", seed, i, target, n)
                    .isEqualTo(expected);
            assertThat(table.invariantsHold()).as("seed %d, step %d", seed, i).isTrue();
        }
        assertThat(table.size()).as("seed %d", seed).isEqualTo(held.size()).isGreaterThan(100);
    }

    @Test
    void idsThatDifferInTheLastBitsOnlyAreOrdered() {
        PeerId self = new PeerId(0, 0, 0, 0);
        RoutingTable table = new RoutingTable(self, 64, STALE_NANOS, 0);
        for (long i = 1; i <= 60; i++) table.add(peer(new PeerId(1, 2, 3, (i * 37) % 61)), 0);
        PeerId target = new PeerId(1, 2, 3, 21);
        List<PeerId> found = ids(table.closest(target, 60));
        assertThat(found).hasSize(60).isSortedAccordingTo(target::compareDistance);
        assertThat(found.get(0)).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20, 59})
    void aCutAmongIdsThatDifferInTheLastBitsOnlyKeepsTheClosest(int n) {
        PeerId self = new PeerId(0, 0, 0, 0);
        RoutingTable table = new RoutingTable(self, 64, STALE_NANOS, 0);
        List<PeerId> held = new ArrayList<>();
        for (long i = 1; i <= 60; i++) held.add(new PeerId(1 << 12, i / 7 % 2, 3, (i * 37) % 61));
        held.add(new PeerId(1 << 12 | 1 << 11, 2, 3, 4));
        for (PeerId id : held) table.add(peer(id), 0);
        PeerId target = new PeerId(1 << 12 | 1 << 11, 0, 3, 21);
        List<PeerId> expected =
                held.stream().sorted(target::compareDistance).limit(n).toList();
        assertThat(ids(table.closest(target, n))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void closestKnowsTheDistancesOfItsPeers(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PeerId self = PeerId.random(random);
        RoutingTable table = new RoutingTable(self, 20, STALE_NANOS, 0);
        for (int i = 0; i < 400; i++) table.add(peer(someId(self, random)), 0);
        for (int i = 0; i < 100; i++) {
            PeerId target = someId(self, random);
            NearestPeers found = (NearestPeers) table.closest(target, 20);
            assertThat(found.areDistancesTo(target)).isTrue();
            for (int rank = 0; rank < found.size(); rank++) {
                assertThat(found.distances[rank])
                        .as("seed %d, target %s, rank %d", seed, target, rank)
                        .isEqualTo(target.distancePrefix(found.get(rank).id()));
            }
        }
    }

    @Test
    void aBucketRemembersTheTouchOfAPeerThatHasLeft() {
        SplittableRandom random = new SplittableRandom(5);
        PeerId self = PeerId.random(random);
        RoutingTable table = new RoutingTable(self, 20, STALE_NANOS, 5);
        PeerId peer = self.randomWithSharedPrefix(3, random);
        PeerId other = self.randomWithSharedPrefix(3, random);
        table.add(peer(other), 50);
        table.add(peer(peer), 60);
        table.touch(peer, 70);
        table.remove(peer);
        assertThat(table.touchedNanos(3)).isEqualTo(70);
        table.touch(other, 80);
        assertThat(table.touchedNanos(3)).isEqualTo(80);
    }

    @Test
    void theNodeItselfIsNeverInItsTable() {
        PeerId self = PeerId.random(new SplittableRandom(1));
        RoutingTable table = new RoutingTable(self, 20, STALE_NANOS, 0);
        assertThat(table.add(peer(self), 0)).isFalse();
        assertThat(table.closest(self, 20)).isEmpty();
    }

    @Test
    void aFullBucketKeepsItsPeersUntilTheLongestSilentIsStale() {
        SplittableRandom random = new SplittableRandom(3);
        PeerId self = PeerId.random(random);
        RoutingTable table = new RoutingTable(self, 2, STALE_NANOS, 0);
        PeerId one = self.randomWithSharedPrefix(0, random);
        PeerId two = self.randomWithSharedPrefix(0, random);
        PeerId late = self.randomWithSharedPrefix(0, random);
        table.add(peer(one), 0);
        table.add(peer(two), 10);
        table.touch(one, 20);

        assertThat(table.add(peer(late), 10 + STALE_NANOS - 1)).isFalse();
        assertThat(table.add(peer(late), 10 + STALE_NANOS)).isTrue();
        assertThat(table.contains(two)).isFalse();
        assertThat(table.contains(one)).isTrue();
        assertThat(table.invariantsHold()).isTrue();
    }

    @Test
    void touchingAPeerTouchesItsBucketAndNoOther() {
        SplittableRandom random = new SplittableRandom(4);
        PeerId self = PeerId.random(random);
        RoutingTable table = new RoutingTable(self, 20, STALE_NANOS, 5);
        PeerId peer = self.randomWithSharedPrefix(3, random);
        assertThat(table.touch(peer, 50)).isFalse();
        assertThat(table.touchedNanos(3)).isEqualTo(5);
        table.add(peer(peer), 60);
        assertThat(table.touch(peer, 70)).isTrue();
        assertThat(table.touchedNanos(3)).isEqualTo(70);
        assertThat(table.touchedNanos(2)).isEqualTo(5);
        assertThat(table.seenNanos(0)).isEqualTo(70);
    }

    @Test
    void theTableKnowsWhichOfItsPeersAreConnected() {
        SplittableRandom random = new SplittableRandom(6);
        PeerId self = PeerId.random(random);
        RoutingTable table = new RoutingTable(self, 20, STALE_NANOS, 0);
        PeerRecord one = peer(self.randomWithSharedPrefix(3, random));
        PeerRecord other = peer(self.randomWithSharedPrefix(5, random));
        long distance = self.distancePrefix(one.id());
        table.setConnected(one.id(), true);
        assertThat(table.isConnected(one, distance)).isFalse();
        table.add(one, 0);
        assertThat(table.isConnected(one, distance)).isFalse();
        table.setConnected(one.id(), true);
        table.add(other, 0); // moves the first entry
        assertThat(table.isConnected(one, distance)).isTrue();
        assertThat(table.isConnected(peer(one.id()), distance))
                .as("an equal record")
                .isTrue();
        assertThat(table.isConnected(other, self.distancePrefix(other.id()))).isFalse();
        table.remove(one.id());
        table.add(one, 0);
        assertThat(table.isConnected(one, distance)).as("who comes back").isFalse();
    }
}
