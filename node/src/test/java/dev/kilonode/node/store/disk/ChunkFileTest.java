package dev.kilonode.node.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.store.ChunkCheck;
import dev.kilonode.node.store.Datastore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkFileTest {

    private static final PeerId ONE = new PeerId(1, 0, 0, 0);
    private static final PeerId OTHER = new PeerId(-1, 0, 0, 0);

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(1);
    private final SmallDisk disk = new SmallDisk();

    @BeforeEach
    void useSmallDisk() {
        disk.use();
    }

    @AfterEach
    void leaveSmallDisk() {
        disk.leave();
    }

    private Path file() {
        return folder.resolve("chunks");
    }

    private byte[] content(int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    private PeerId put(Datastore chunks, int length) throws IOException {
        byte[] content = content(length);
        PeerId address = ChunkCheck.addressOf(content);
        chunks.put(address, content);
        return address;
    }

    private static void assertIntact(Datastore chunks, PeerId address) throws IOException {
        assertThat(ChunkCheck.addressOf(Objects.requireNonNull(chunks.get(address))))
                .isEqualTo(address);
    }

    @Test
    void whatWasPutIsThereWhenTheFileIsOpenedAgain() throws IOException {
        Map<PeerId, Integer> lengths = new LinkedHashMap<>();
        try (ChunkFile file = new ChunkFile(file(), false)) {
            for (int length : new int[] {0, 1, 16_384, 4 << 20}) lengths.put(put(file.of(ONE), length), length);
            PeerId gone = put(file.of(ONE), 100);
            file.of(ONE).delete(gone);
            file.of(ONE).delete(gone);
            assertThat(file.of(ONE).get(gone)).isNull();
        }
        try (ChunkFile file = new ChunkFile(file(), false)) {
            assertThat(file.of(ONE).lengths()).containsExactlyInAnyOrderEntriesOf(lengths);
            for (PeerId address : lengths.keySet()) assertIntact(file.of(ONE), address);
        }
    }

    @Test
    void nodesShareTheFileAndNotTheChunks() throws IOException {
        try (ChunkFile file = new ChunkFile(file(), false)) {
            PeerId address = put(file.of(ONE), 10);
            put(file.of(OTHER), 20);
            assertThat(file.of(OTHER).get(address)).isNull();
            file.of(OTHER).delete(address);
            assertThat(file.of(ONE).lengths()).containsExactly(Map.entry(address, 10));
            assertThat(file.of(OTHER).lengths()).hasSize(1).containsValue(20);
        }
    }

    @Test
    void aFullDiskRefusesAndKeepsWhatItHas() throws IOException {
        try (ChunkFile file = new ChunkFile(disk.on(file()), false)) {
            Datastore chunks = file.of(ONE);
            Set<PeerId> held = new LinkedHashSet<>();
            for (int i = 0; i < 10; i++) held.add(put(chunks, 50_000));
            disk.fill();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> put(chunks, 50_000))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("No space left");
                assertThat(chunks.lengths()).containsOnlyKeys(held);
            }
            for (PeerId address : held) assertIntact(chunks, address);
            disk.clear();
            held.add(put(chunks, 50_000));
            for (PeerId address : held) assertIntact(chunks, address);
        }
        try (ChunkFile file = new ChunkFile(file(), false)) {
            assertThat(file.of(ONE).lengths()).hasSize(11);
        }
    }

    /** Bit errors of a disk may lose chunks, or the whole file; they must not crash the process. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void damageIsReportedAsDamage(long seed) throws IOException {
        Set<PeerId> held = new LinkedHashSet<>();
        try (ChunkFile file = new ChunkFile(file(), false)) {
            for (int i = 0; i < 60; i++) held.add(put(file.of(ONE), 200));
        }
        byte[] bytes = Files.readAllBytes(file());
        SplittableRandom damage = new SplittableRandom(seed);
        for (int i = 0; i < 20; i++) bytes[damage.nextInt(bytes.length)] ^= (byte) (1 << damage.nextInt(8));
        Files.write(file(), bytes);
        try (ChunkFile file = new ChunkFile(file(), false)) {
            Datastore chunks = file.of(ONE);
            for (PeerId address : held) chunks.get(address);
            for (PeerId address : chunks.lengths().keySet()) chunks.delete(address);
            assertIntact(chunks, put(chunks, 200));
        } catch (IOException e) {
            assertThat(e).as("seed " + seed).hasMessageContaining(file().toString());
        }
    }

    @Test
    void onlyTheOneThatWantsItForcesWritesToTheDisk() throws IOException {
        try (ChunkFile file = new ChunkFile(disk.on(file()), false)) {
            long before = disk.forced();
            for (int i = 0; i < 5; i++) put(file.of(ONE), 1_000);
            assertThat(disk.forced()).isEqualTo(before);
        }
        try (ChunkFile file = new ChunkFile(disk.on(file()), true)) {
            long before = disk.forced();
            for (int i = 0; i < 5; i++) put(file.of(ONE), 1_000);
            assertThat(disk.forced()).isGreaterThanOrEqualTo(before + 5);
        }
    }

    @Test
    void aFileThatCannotBeOpenedIsReportedWithAReason() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> new ChunkFile(inTheWay.resolve("chunks"), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(inTheWay.toString());
    }

    @Test
    void aClosedFileRefuses() throws IOException {
        ChunkFile file = new ChunkFile(file(), false);
        PeerId address = put(file.of(ONE), 10);
        file.close();
        file.close();
        assertThatThrownBy(() -> file.of(ONE).get(address)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> put(file.of(ONE), 10)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 300, 900})
    void everyAcknowledgedChunkSurvivesAKilledProcess(int acknowledged) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritesChunksUntilKilled.class.getName(),
                        file().toString(),
                        Integer.toString(acknowledged))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<PeerId> held = new LinkedHashSet<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int seen = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.length() < 66) break; // cut short by the kill
                PeerId address = address(line.substring(2));
                if (line.startsWith("+ ")) held.add(address);
                else assertThat(held.remove(address)).as(line).isTrue();
                if (++seen == acknowledged) process.toHandle().destroyForcibly(); // its output can still be read
            }
            assertThat(seen).isGreaterThanOrEqualTo(acknowledged);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as("killed").isNotZero();
        try (ChunkFile file = new ChunkFile(file(), false)) {
            Datastore chunks = file.of(WritesChunksUntilKilled.NODE);
            assertThat(chunks.lengths()).containsKeys(held.toArray(PeerId[]::new));
            for (PeerId address : chunks.lengths().keySet()) assertIntact(chunks, address);
            assertIntact(chunks, put(chunks, 1_000));
        }
    }

    private static PeerId address(String hex) {
        return new PeerId(
                Long.parseUnsignedLong(hex, 0, 16, 16),
                Long.parseUnsignedLong(hex, 16, 32, 16),
                Long.parseUnsignedLong(hex, 32, 48, 16),
                Long.parseUnsignedLong(hex, 48, 64, 16));
    }
}
