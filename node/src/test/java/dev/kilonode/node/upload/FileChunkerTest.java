package dev.kilonode.node.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.store.ChunkCheck;
import dev.kilonode.node.wire.Chunk;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileChunkerTest {

    private final FileChunker cutter = new FileChunker(4 << 20);

    @Test
    void fiftyMegabytesMakeThirteenChunksAndTenMakeThree() {
        assertThat(cutter.count(50_000_000)).isEqualTo(13);
        assertThat(cutter.count(50L << 20)).isEqualTo(13);
        assertThat(cutter.count(10_000_000)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4 << 20, 50_000_000, 123_456_789})
    void chunksAreEvenAndAddUp(long fileBytes) {
        List<Chunk> chunks = cutter.chunks(fileBytes, new SplittableRandom(fileBytes));
        assertThat(chunks.stream().mapToLong(Chunk::length).sum()).isEqualTo(fileBytes);
        int longest = chunks.stream().mapToInt(Chunk::length).max().orElseThrow();
        int shortest = chunks.stream().mapToInt(Chunk::length).min().orElseThrow();
        assertThat(longest - shortest).isLessThanOrEqualTo(1);
        assertThat(longest).isLessThanOrEqualTo(4 << 20);
        assertThat(chunks.stream().map(Chunk::address).distinct()).hasSize(chunks.size());
    }

    @Test
    void contentIsCutInOrderAndAddressedByItsHash() {
        byte[] content = new byte[1_000];
        new SplittableRandom(1).nextBytes(content);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Chunk chunk : new FileChunker(100).chunks(content)) {
            byte[] piece = Objects.requireNonNull(chunk.content());
            assertThat(chunk.length()).isEqualTo(piece.length);
            assertThat(chunk.address()).isEqualTo(ChunkCheck.addressOf(piece));
            joined.writeBytes(piece);
        }
        assertThat(joined.toByteArray()).isEqualTo(content);
    }

    @Test
    void aChunkLargerThanTheWireAllowsIsRefusedWithAReason() {
        assertThatThrownBy(() -> new FileChunker((4 << 20) + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("chunk size: got 4194305 bytes, expected 2 to 4194304");
    }
}
