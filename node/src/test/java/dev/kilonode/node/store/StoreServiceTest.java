package dev.kilonode.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.observe.NodeObserver;
import dev.kilonode.node.store.disk.ChunkFile;
import dev.kilonode.node.testkit.TestMessenger;
import dev.kilonode.node.testkit.TestNetwork;
import dev.kilonode.node.transport.RequestResult;
import dev.kilonode.node.wire.Chunk;
import dev.kilonode.node.wire.ChunkMessage.GetReply;
import dev.kilonode.node.wire.ChunkMessage.GetRequest;
import dev.kilonode.node.wire.ChunkMessage.PutReply;
import dev.kilonode.node.wire.ChunkMessage.PutRequest;
import dev.kilonode.node.wire.ChunkMessage.QuoteReply;
import dev.kilonode.node.wire.ChunkMessage.QuoteRequest;
import dev.kilonode.node.wire.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreServiceTest {

    private final SplittableRandom random = new SplittableRandom(1);
    private final TestNetwork network = new TestNetwork(1);
    private final TestMessenger client = network.newPeer(true);
    private final TestMessenger node = network.newPeer(false);
    private final ChunkStore store = new ChunkStore(new Bytes(1_000), null, NodeObserver.NONE);
    private final List<Chunk> stored = new ArrayList<>();
    private final StoreService service = new StoreService(network.newRuntime(), node, store, stored::add);

    private Chunk chunk(int length) {
        return new Chunk(PeerId.random(random), length, null);
    }

    private <T extends Message> T ask(Message request, Class<T> reply) {
        return ask(node, request, reply);
    }

    private <T extends Message> T ask(TestMessenger of, Message request, Class<T> reply) {
        List<RequestResult> exchanges = new ArrayList<>();
        client.request(of.self(), request, Duration.ofSeconds(10).toNanos(), exchanges::add);
        network.clock().runFor(Duration.ofSeconds(1));
        assertThat(exchanges).hasSize(1);
        return reply.cast(Objects.requireNonNull(exchanges.get(0).reply()));
    }

    private boolean put(Chunk chunk) {
        return ask(new PutRequest(client.nextRequestId(), chunk), PutReply.class)
                .stored();
    }

    @Test
    void aStoredChunkIsHeldReportedAndServed() {
        Chunk chunk = chunk(400);
        assertThat(put(chunk)).isTrue();
        assertThat(stored).containsExactly(chunk);
        assertThat(ask(new GetRequest(client.nextRequestId(), chunk.address()), GetReply.class)
                        .chunk())
                .isEqualTo(chunk);
        assertThat(ask(new GetRequest(client.nextRequestId(), PeerId.random(random)), GetReply.class)
                        .chunk())
                .isNull();
    }

    @Test
    void aChunkOnDiskIsServedAsItCame(@TempDir Path folder) throws IOException {
        byte[] content = new byte[20_000];
        random.nextBytes(content);
        Chunk chunk = new Chunk(ChunkCheck.addressOf(content), content.length, content);
        TestMessenger other = network.newPeer(false);
        try (ChunkFile file = new ChunkFile(folder.resolve("chunks"), false)) {
            ChunkStore onDisk =
                    new ChunkStore(new Bytes(1 << 20), file.of(other.self().id()), NodeObserver.NONE);
            onDisk.recover(network.newRuntime(), () -> {});
            new StoreService(network.newRuntime(), other, onDisk, stored::add);
            assertThat(ask(other, new PutRequest(client.nextRequestId(), chunk), PutReply.class)
                            .stored())
                    .isTrue();
            assertThat(stored).containsExactly(chunk);
            Chunk served = ask(other, new GetRequest(client.nextRequestId(), chunk.address()), GetReply.class)
                    .chunk();
            assertThat(Objects.requireNonNull(served).content()).isEqualTo(content);
        }
    }

    @Test
    void aChunkDamagedOnDiskIsNotFoundAndRemoved(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("chunks");
        List<PeerId> addresses = new ArrayList<>();
        try (ChunkFile file = new ChunkFile(path, false)) {
            for (int i = 0; i < 20; i++) {
                byte[] content = new byte[5_000];
                random.nextBytes(content);
                addresses.add(ChunkCheck.addressOf(content));
                file.of(node.self().id()).put(addresses.get(i), content);
            }
        }
        byte[] bytes = Files.readAllBytes(path);
        for (int i = 8_704; i < bytes.length; i += 1_024) bytes[i] ^= 1; // hits each chunk, but no header of the file
        Files.write(path, bytes);
        try (ChunkFile file = new ChunkFile(path, false)) {
            ChunkStore onDisk =
                    new ChunkStore(new Bytes(1 << 20), file.of(node.self().id()), NodeObserver.NONE);
            onDisk.recover(network.newRuntime(), () -> {});
            network.clock().runFor(Duration.ofSeconds(1));
            int held = onDisk.size();
            assertThat(held).isPositive();
            TestMessenger other = network.newPeer(false);
            new StoreService(network.newRuntime(), other, onDisk, stored::add);
            for (PeerId address : addresses) {
                assertThat(ask(other, new GetRequest(client.nextRequestId(), address), GetReply.class)
                                .chunk())
                        .isNull();
            }
            assertThat(onDisk.size()).isLessThan(held);
            assertThat(onDisk.invariantsHold()).isTrue();
        }
    }

    @Test
    void aChunkHeldAlreadyCountsAsStoredButIsNotReportedAgain() {
        Chunk chunk = chunk(400);
        assertThat(put(chunk)).isTrue();
        assertThat(put(chunk)).isTrue();
        assertThat(stored).hasSize(1);
        assertThat(store.heldAlready()).isEqualTo(1);
        assertThat(store.bytes()).isEqualTo(400);
        assertThat(store.invariantsHold()).isTrue();
    }

    @Test
    void aFullStoreRefusesAndCounts() {
        assertThat(put(chunk(600))).isTrue();
        assertThat(put(chunk(401))).isFalse();
        assertThat(put(chunk(400))).isTrue();
        assertThat(stored).hasSize(2);
        assertThat(store.refused()).isEqualTo(1);
        assertThat(store.offered()).isEqualTo(3);
        assertThat(store.fillRatio()).isEqualTo(1.0);
        assertThat(store.invariantsHold()).isTrue();
    }

    @Test
    void contentMustMatchItsAddress() {
        byte[] content = "some bytes".getBytes(StandardCharsets.UTF_8);
        PeerId address = ChunkCheck.addressOf(content);
        assertThat(put(new Chunk(PeerId.random(random), content.length, content)))
                .isFalse();
        assertThat(put(new Chunk(address, content.length + 1, content))).isFalse();
        assertThat(store.refused()).isEqualTo(2);
        assertThat(store.size()).isZero();
        assertThat(put(new Chunk(address, content.length, content))).isTrue();
    }

    @Test
    void theAddressIsTheShaOfTheContent() {
        assertThat(ChunkCheck.addressOf("abc".getBytes(StandardCharsets.UTF_8)))
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aFullerStoreAsksAHigherPrice() {
        long empty = ask(new QuoteRequest(client.nextRequestId(), PeerId.random(random), 10), QuoteReply.class)
                .price();
        put(chunk(500));
        long half = ask(new QuoteRequest(client.nextRequestId(), PeerId.random(random), 10), QuoteReply.class)
                .price();
        assertThat(empty).isEqualTo(1_000);
        assertThat(half).isEqualTo(1_500);
        assertThat(service.quotes()).isEqualTo(2);
    }
}
