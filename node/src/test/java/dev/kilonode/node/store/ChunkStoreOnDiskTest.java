package dev.kilonode.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.metrics.Metric;
import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.ChunkLoss;
import dev.kilonode.node.observe.ChunkRefusal;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.node.testkit.TestNetwork;
import dev.kilonode.node.testkit.TestRuntime;
import dev.kilonode.node.wire.Chunk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store's accounts upon a datastore that can lie and fail. */
class ChunkStoreOnDiskTest {

    private final TestNetwork network = new TestNetwork(1);
    private final TestRuntime runtime = network.newRuntime();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Unreliable datastore = new Unreliable();
    private final List<Object> seen = new ArrayList<>();
    private ChunkStore store = new ChunkStore(new Bytes(1_000), datastore, new Watch());

    @BeforeEach
    void recover() {
        runtime.price(WorkKind.CHUNK, 1_000); // disks take time
        store.recover(runtime, () -> {});
        live();
    }

    @AfterEach
    void accountsBalance() {
        assertThat(store.invariantsHold()).isTrue();
    }

    private Chunk chunk(int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return new Chunk(ChunkCheck.addressOf(content), length, content);
    }

    private void live() {
        network.clock().runFor(Duration.ofMillis(1));
    }

    private ChunkStore.Admission offer(Chunk chunk) {
        List<ChunkStore.Admission> said = new ArrayList<>();
        store.offer(runtime, chunk, said::add);
        live();
        assertThat(said).hasSize(1);
        return said.get(0);
    }

    private byte @Nullable [] read(PeerId address) {
        List<@Nullable Chunk> said = new ArrayList<>();
        store.get(runtime, address, said::add);
        live();
        assertThat(said).hasSize(1);
        Chunk chunk = said.get(0);
        return chunk == null ? null : chunk.content();
    }

    @Test
    void aChunkComesBackFromTheDatastore() {
        Chunk chunk = chunk(400);
        assertThat(offer(chunk)).isEqualTo(ChunkStore.Admission.STORED);
        assertThat(offer(chunk)).isEqualTo(ChunkStore.Admission.HELD);
        assertThat(read(chunk.address())).isEqualTo(chunk.content());
        assertThat(read(chunk(10).address())).isNull();
        assertThat(store.bytes()).isEqualTo(400);
    }

    @Test
    void nothingIsAcknowledgedOrServedBeforeItIsWritten() {
        Chunk chunk = chunk(400);
        List<ChunkStore.Admission> said = new ArrayList<>();
        store.put(runtime, chunk, said::add);
        assertThat(said).isEmpty();
        assertThat(store.holds(chunk.address())).isFalse();
        assertThat(store.bytes()).as("its room is taken").isEqualTo(400);
        live();
        assertThat(said).containsExactly(ChunkStore.Admission.STORED);
    }

    @Test
    void theSameChunkOfferedTwiceAtOnceTakesTheRoomOfOne() {
        Chunk chunk = chunk(400);
        List<ChunkStore.Admission> said = new ArrayList<>();
        store.put(runtime, chunk, said::add);
        store.put(runtime, chunk, said::add);
        live();
        assertThat(said).containsExactly(ChunkStore.Admission.STORED, ChunkStore.Admission.HELD);
        assertThat(store.bytes()).isEqualTo(400);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void chunksBeingWrittenCountTowardsTheCapacity() {
        List<ChunkStore.Admission> said = new ArrayList<>();
        for (int i = 0; i < 3; i++) store.put(runtime, chunk(400), said::add);
        live();
        assertThat(said)
                .containsExactlyInAnyOrder(
                        ChunkStore.Admission.STORED, ChunkStore.Admission.STORED, ChunkStore.Admission.REFUSED);
        assertThat(seen).containsExactly(ChunkRefusal.FULL);
    }

    @Test
    void aDiskThatFailsIsACountedRefusalAndTheRoomIsFreeAgain() {
        Chunk before = chunk(100);
        offer(before);
        datastore.failing = true;
        assertThat(offer(chunk(900))).isEqualTo(ChunkStore.Admission.REFUSED);
        assertThat(seen).containsExactly(ChunkRefusal.DISK);
        assertThat(store.refused()).isEqualTo(1);
        datastore.failing = false;
        assertThat(offer(chunk(900))).isEqualTo(ChunkStore.Admission.STORED);
        assertThat(read(before.address())).isEqualTo(before.content());
    }

    @Test
    void aDiskThatCannotBeReadIsCountedAndTheChunkStaysKnown() {
        Chunk chunk = chunk(100);
        offer(chunk);
        datastore.failing = true;
        assertThat(read(chunk.address())).isNull();
        assertThat(seen).containsExactly(ChunkLoss.DISK);
        datastore.failing = false;
        assertThat(read(chunk.address())).isEqualTo(chunk.content());
    }

    @Test
    void aCorruptChunkIsCountedNotServedAndRemoved() {
        Chunk chunk = chunk(100);
        offer(chunk);
        Objects.requireNonNull(datastore.contents.get(chunk.address()))[50] ^= 1;
        assertThat(read(chunk.address())).isNull();
        assertThat(seen).containsExactly(ChunkLoss.CORRUPT);
        assertThat(store.holds(chunk.address())).isFalse();
        assertThat(store.bytes()).isZero();
        assertThat(datastore.contents).isEmpty();
        assertThat(offer(chunk)).as("it may be brought again").isEqualTo(ChunkStore.Admission.STORED);
    }

    @Test
    void aRestartedNodeHoldsWhatItStoredBefore() {
        Chunk chunk = chunk(400);
        Chunk underWay = chunk(500);
        offer(chunk);
        store.put(runtime, underWay, admission -> {});
        store = store.afterRestart();
        store.recover(runtime, () -> seen.add("recovered"));
        live();
        assertThat(seen).containsExactly("recovered");
        assertThat(store.bytes()).isEqualTo(900);
        assertThat(read(chunk.address())).isEqualTo(chunk.content());
        assertThat(offer(chunk)).isEqualTo(ChunkStore.Admission.HELD);
    }

    @Test
    void nothingIsStoredBeforeTheDatastoreHasBeenListed() {
        offer(chunk(900));
        store = store.afterRestart();
        store.recover(runtime, () -> {});
        store.put(runtime, chunk(200), seen::add);
        live();
        assertThat(seen).containsExactly(ChunkRefusal.FULL, ChunkStore.Admission.REFUSED);
        assertThat(store.bytes()).isEqualTo(900);
    }

    @Test
    void aNodeWhoseDiskCannotBeListedStartsWithoutIt() {
        offer(chunk(400));
        datastore.failing = true;
        store = store.afterRestart();
        store.recover(runtime, () -> seen.add("recovered"));
        live();
        assertThat(seen).containsExactly(ChunkLoss.DISK, "recovered");
        assertThat(store.size()).isZero();
    }

    @Test
    void theRoomOfARemovedChunkIsFreeOnceTheDatastoreDeletedIt() {
        Chunk chunk = chunk(900);
        offer(chunk);
        assertThat(store.remove(runtime, chunk.address())).isTrue();
        assertThat(store.holds(chunk.address())).isFalse();
        store.put(runtime, chunk, seen::add);
        live();
        assertThat(seen).containsExactly(ChunkRefusal.FULL, ChunkStore.Admission.REFUSED);
        assertThat(datastore.contents).isEmpty();
        assertThat(offer(chunk)).isEqualTo(ChunkStore.Admission.STORED);
    }

    @Test
    void aChunkWithAWrongAddressIsNotWrittenToDisk() {
        Chunk good = chunk(10);
        assertThat(offer(new Chunk(chunk(10).address(), 10, good.content()))).isEqualTo(ChunkStore.Admission.CORRUPT);
        assertThat(seen).containsExactly(ChunkRefusal.CORRUPT);
        assertThat(datastore.contents).isEmpty();
    }

    private final class Watch implements NodeObserver {

        @Override
        public void add(Metric metric, int label, long events) {
            if (metric == Metric.CHUNKS_REFUSED) seen.add(ChunkRefusal.values()[label]);
            if (metric == Metric.CHUNKS_UNREADABLE) seen.add(ChunkLoss.values()[label]);
        }
    }

    /** Fails when told to; what it holds can be reached. */
    private static final class Unreliable implements Datastore {

        private final Map<PeerId, byte[]> contents = new LinkedHashMap<>();
        private boolean failing;

        @Override
        public void put(PeerId address, byte[] content) throws IOException {
            fail();
            contents.put(address, content.clone());
        }

        @Override
        public byte @Nullable [] get(PeerId address) throws IOException {
            fail();
            return contents.get(address);
        }

        @Override
        public void delete(PeerId address) throws IOException {
            fail();
            contents.remove(address);
        }

        @Override
        public Map<PeerId, Integer> lengths() throws IOException {
            fail();
            Map<PeerId, Integer> lengths = new LinkedHashMap<>();
            contents.forEach((address, content) -> lengths.put(address, content.length));
            return lengths;
        }

        private void fail() throws IOException {
            if (failing) throw new IOException("No space left on device");
        }
    }
}
