package dev.kilonode.node.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.testkit.Behaviour;
import dev.kilonode.node.testkit.TestConfigs;
import dev.kilonode.node.testkit.TestNetwork;
import dev.kilonode.node.testkit.TestNode;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.ChunkMessage.PutRequest;
import dev.kilonode.node.wire.MessageKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploaderTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** A mesh of nodes and one client that is connected to all of them. */
    private static final class World {
        final TestNetwork network;
        final List<TestNode> nodes;
        final TestNode client;
        final Uploader uploader;
        final List<UploadResult> results = new ArrayList<>();

        World(long seed, int count, Bytes capacity, UploadConfig config) {
            network = new TestNetwork(seed);
            nodes = new ArrayList<>();
            for (int i = 0; i < count; i++) nodes.add(node(capacity, false));
            client = node(capacity, true);
            network.linkAll();
            uploader = new Uploader(client.runtime, client.messenger, client.dht, config, NodeObserver.NONE);
        }

        private TestNode node(Bytes capacity, boolean isClient) {
            return new TestNode(
                    network,
                    network.newPeer(isClient),
                    TestConfigs.dht(0, 0),
                    TestConfigs.replication(64),
                    NodeObserver.NONE,
                    capacity,
                    isClient);
        }

        UploadResult upload(List<Chunk> chunks) {
            int before = results.size();
            uploader.upload(chunks, results::add);
            assertThat(results).as("told from within the call").hasSize(before);
            assertThat(uploader.running()).isEqualTo(1);
            network.clock().runUntil(() -> results.size() > before, Duration.ofHours(2));
            assertThat(results).hasSize(before + 1);
            assertThat(uploader.invariantsHold()).isTrue();
            return results.get(before);
        }

        List<TestNode> closest(PeerId address, int count) {
            return nodes.stream()
                    .sorted((a, b) ->
                            address.compareDistance(a.record().id(), b.record().id()))
                    .limit(count)
                    .toList();
        }

        long putsOf(Chunk chunk) {
            return network.sent().stream()
                    .filter(s ->
                            s.message() instanceof PutRequest put && put.chunk().equals(chunk))
                    .count();
        }
    }

    private static World world(long seed, int count) {
        return new World(seed, count, new Bytes(1L << 40), TestConfigs.upload(64));
    }

    private static List<Chunk> file(long bytes, long seed) {
        return new FileChunker(4 << 20).chunks(bytes, new SplittableRandom(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyChunkIsStoredByTheFourClosestAfterOnePayment(long seed) {
        World world = world(seed, 60);
        List<Chunk> chunks = file(50_000_000, seed);
        UploadResult result = world.upload(chunks);

        assertThat(result.succeeded()).as("seed %d: %s", seed, result.reason()).isTrue();
        assertThat(result.reason()).isEmpty();
        assertThat(result.chunks()).isEqualTo(13);
        assertThat(result.bytes()).isEqualTo(50_000_000);
        assertThat(result.retries()).isZero();
        assertThat(result.nanos()).isBetween(25 * SECOND, 30 * SECOND);
        for (Chunk chunk : chunks) {
            assertThat(world.putsOf(chunk)).isEqualTo(4);
            assertThat(world.closest(chunk.address(), 4)).allMatch(n -> n.store.holds(chunk.address()));
        }
        int finds = world.network
                .sentBy(world.client.record().id(), MessageKind.FIND_NODE)
                .size();
        assertThat(result.requests()).isEqualTo(finds + 13 * (14 + 4));
        assertThat(result.lookupNanos()).isPositive();
        assertThat(result.quoteNanos()).isEqualTo(13 * 2 * TestNetwork.LATENCY_NANOS);
        assertThat(result.storeNanos()).isEqualTo(13 * 2 * TestNetwork.LATENCY_NANOS);
    }

    @Test
    void noMoreThanEightChunksAreStoredAtATime() {
        World world = world(4, 60);
        List<Chunk> chunks = file(50_000_000, 4);
        world.upload(chunks);
        List<Long> instants = world.network.sentBy(world.client.record().id(), MessageKind.PUT_REQUEST).stream()
                .map(TestNetwork.Sent::atNanos)
                .toList();
        assertThat(instants).hasSize(13 * 4);
        assertThat(instants.stream().filter(i -> i.equals(instants.get(0)))).hasSize(8 * 4);
        assertThat(instants.get(51) - instants.get(0)).isEqualTo(2 * TestNetwork.LATENCY_NANOS);
    }

    @Test
    void threeOfSevenPeersMayFail() {
        World world = world(5, 60);
        Chunk chunk = file(1_000_000, 5).get(0);
        List<TestNode> seven = world.closest(chunk.address(), 7);
        // they give quotes and refuse to store: their stores are full
        for (TestNode node : seven.subList(0, 3)) fill(node);
        UploadResult result = world.upload(List.of(chunk));
        assertThat(result.succeeded()).isTrue();
        assertThat(result.retries()).isZero();
        assertThat(world.putsOf(chunk)).isEqualTo(7);
        assertThat(seven.subList(3, 7)).allMatch(n -> n.store.holds(chunk.address()));
    }

    private static void fill(TestNode node) {
        while (node.store.fillRatio() < 1) {
            int length = (int) Math.min(1 << 30, (1L << 40) - node.store.bytes());
            node.hold(new Chunk(PeerId.random(new SplittableRandom(node.store.bytes())), length, null));
        }
    }

    @Test
    void anUploadThatFewerThanFourNodesStoreFailsWithAReason() {
        World world = world(6, 60);
        Chunk chunk = file(1_000_000, 6).get(0);
        for (TestNode node : world.closest(chunk.address(), 4)) fill(node);
        UploadResult result = world.upload(List.of(chunk));
        assertThat(result.succeeded()).isFalse();
        assertThat(result.reason())
                .isEqualTo("chunk " + chunk.address().shortHex()
                        + ": attempt 3 of 3 failed: stored by 3 of 4 nodes needed, the last failure being refused");
        assertThat(result.retries()).isEqualTo(2);
        assertThat(world.putsOf(chunk)).isEqualTo(3 * 7);
        assertThat(world.uploader.failed()).isEqualTo(1);
    }

    @Test
    void attemptsArePausedForHalfASecondAndThenForOne() {
        World world = world(7, 60);
        Chunk chunk = file(1_000_000, 7).get(0);
        for (TestNode node : world.nodes) fill(node);
        UploadResult result = world.upload(List.of(chunk));
        assertThat(result.succeeded()).isFalse();
        List<Long> puts = world.network.sentBy(world.client.record().id(), MessageKind.PUT_REQUEST).stream()
                .map(TestNetwork.Sent::atNanos)
                .toList();
        List<Long> finds = world.network.sentBy(world.client.record().id(), MessageKind.FIND_NODE).stream()
                .map(TestNetwork.Sent::atNanos)
                .toList();
        long roundTrip = 2 * TestNetwork.LATENCY_NANOS;
        long secondAttempt =
                finds.stream().filter(f -> f > puts.get(6)).findFirst().orElseThrow();
        long thirdAttempt =
                finds.stream().filter(f -> f > puts.get(13)).findFirst().orElseThrow();
        assertThat(secondAttempt - puts.get(6)).isEqualTo(roundTrip + SECOND / 2);
        assertThat(thirdAttempt - puts.get(13)).isEqualTo(roundTrip + SECOND);
        assertThat(result.nanos()).as("one payment, not three").isLessThan(2 * 25 * SECOND);
    }

    @Test
    void tooFewQuotesFailTheAttempt() {
        World world = world(8, 10);
        for (TestNode node : world.nodes.subList(0, 4)) {
            world.network.set(node.record().id(), Behaviour.DEAD);
            world.client.messenger.disconnect(node.record().id());
        }
        UploadResult result = world.upload(file(1_000_000, 8));
        assertThat(result.succeeded()).isFalse();
        assertThat(result.reason()).endsWith("attempt 3 of 3 failed: 6 of 7 quotes needed came");
        assertThat(result.quoteNanos()).isPositive();
    }

    @Test
    void quotesAreNotWaitedForBeyondTheirTimeout() {
        World world = world(9, 16);
        List<Chunk> chunks = file(1_000_000, 9);
        for (TestNode node : world.nodes.subList(0, 3)) {
            // slow to answer: lookups wait 25 s for them, quotes only 10
            world.network.setLatency(node.record().id(), Duration.ofSeconds(12));
        }
        UploadResult result = world.upload(chunks);
        assertThat(result.succeeded()).as(result.reason()).isTrue();
        assertThat(result.quoteNanos()).isEqualTo(10 * SECOND);
    }

    @Test
    void identityTimeoutsAreCountedAndTheirTimeSummed() {
        World world = world(10, 60);
        Chunk chunk = file(1_000_000, 10).get(0);
        PeerId nameless = world.closest(chunk.address(), 1).get(0).record().id();
        world.network.set(nameless, Behaviour.NAMELESS);
        world.client.messenger.disconnect(nameless);
        UploadResult result = world.upload(List.of(chunk));
        assertThat(result.succeeded()).isTrue();
        assertThat(result.identityTimeouts()).isEqualTo(1);
        assertThat(result.identityNanos()).isEqualTo(TestNetwork.IDENTITY_TIMEOUT_NANOS);
        assertThat(result.lookupNanos()).isGreaterThan(15 * SECOND);
    }

    @Test
    void eachWaveIsPaidForOnce() {
        World world = new World(11, 60, new Bytes(1L << 40), TestConfigs.upload(5));
        UploadResult result = world.upload(file(50_000_000, 11));
        assertThat(result.succeeded()).isTrue();
        assertThat(result.nanos()).isBetween(3 * 25 * SECOND, 3 * 25 * SECOND + 15 * SECOND);
    }

    @Test
    void aFailedChunkCancelsTheOthers() {
        World world = new World(12, 60, new Bytes(0), TestConfigs.upload(64));
        List<Chunk> chunks = file(50_000_000, 12);
        UploadResult result = world.upload(chunks);
        assertThat(result.succeeded()).isFalse();
        int sent = world.network.sent().size();
        world.network.clock().runFor(Duration.ofMinutes(10));
        assertThat(world.network.sent().size() - sent)
                .as("messages after the upload's end, replication aside")
                .isZero();
        assertThat(chunks.stream().mapToLong(world::putsOf).sum())
                .as("attempts were saved")
                .isLessThan(13 * 3 * 7);
    }

    @Test
    void startedEqualsSucceededPlusFailedPlusRunning() {
        World world = world(13, 40);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 3; i++) world.uploader.upload(file(20_000_000, 10 * round + i), world.results::add);
            assertThat(world.uploader.running()).isEqualTo(3);
            for (int i = 0; i < 400; i++) {
                world.network.clock().runFor(Duration.ofMillis(100));
                assertThat(world.uploader.invariantsHold()).isTrue();
                assertThat(world.results).hasSize((int) (world.uploader.succeeded() + world.uploader.failed()));
            }
            world.nodes.forEach(UploaderTest::fill);
        }
        assertThat(world.uploader.started()).isEqualTo(6);
        assertThat(world.uploader.succeeded()).isEqualTo(3);
        assertThat(world.uploader.failed()).isEqualTo(3);
        assertThat(world.uploader.running()).isZero();
    }

    @Test
    void stoppingFailsWhatIsRunning() {
        World world = world(14, 40);
        world.uploader.upload(file(20_000_000, 14), world.results::add);
        world.network.clock().runFor(Duration.ofMillis(500));
        world.uploader.stop();
        assertThat(world.results).hasSize(1);
        assertThat(world.results.get(0).reason()).isEqualTo("the client was stopped");
        world.network.clock().runFor(Duration.ofMinutes(5));
        assertThat(world.results).hasSize(1);
        assertThat(world.uploader.failed()).isEqualTo(1);
        assertThat(world.uploader.invariantsHold()).isTrue();
        assertThatThrownBy(() -> world.uploader.upload(file(1, 1), world.results::add))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anUploadOfNothingIsRefused() {
        World world = world(15, 10);
        assertThatThrownBy(() -> world.uploader.upload(List.of(), world.results::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("upload: got no chunks, expected at least one");
    }
}
