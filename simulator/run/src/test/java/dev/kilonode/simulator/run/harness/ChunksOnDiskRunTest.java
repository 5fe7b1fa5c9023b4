package dev.kilonode.simulator.run.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.store.ChunkCheck;
import dev.kilonode.node.store.Datastore;
import dev.kilonode.node.store.disk.ChunkFile;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.HealthResult;
import dev.kilonode.simulator.kernel.engine.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short runs in wall time whose nodes store their chunks on disk. */
class ChunksOnDiskRunTest {

    private static final int NODES = 9;
    private static final int FRAME = 16 << 20;

    @TempDir
    Path out;

    @TempDir
    Path disk;

    private SmallRun run(RunControl control, String... more) throws IOException {
        List<String> values = new ArrayList<>(List.of(
                "clock=wall",
                "store.medium=disk",
                "identity.algorithm=Ed25519",
                "hosts=[{name: machines, count: 3}]",
                "nodes.count=" + NODES,
                "nodes.per-host=" + NODES,
                "nodes.join-over=1s",
                "duration=2m",
                "metrics.window=1s",
                "workload.uploaders.count=2",
                "workload.uploaders.start-after=1s",
                "workload.uploaders.start-spread=0s",
                "workload.uploaders.every=2s",
                "workload.upload.file-size=40kB",
                "workload.upload.chunk-size=16KiB",
                "workload.upload.payment=10ms"));
        values.addAll(Arrays.asList(more));
        return SmallRun.of(out, control, values.toArray(String[]::new));
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(disk)) {
            return files.toList();
        }
    }

    @Test
    void whatWasUploadedIsInTheFileByteForByte() throws IOException {
        SmallRun run = run(StopWhen.uploaded(2), "store.keep=true");
        assertThat(run.total("store.refused")).isZero();
        assertThat(run.total("store.unreadable")).isZero();
        assertThat(run.end().health())
                .filteredOn(health -> health.id().equals("disk-kept-chunks"))
                .singleElement()
                .matches(HealthResult::fit);
        int seen = 0;
        try (ChunkFile file = new ChunkFile(run.data().directory().resolve("chunks.mv"), false)) {
            Identities identities = new Identities(true, "Ed25519", FRAME, new Seeds(1));
            for (int node = 0; node < NODES; node++) {
                Datastore chunks = file.of(identities.named("node-" + node).self());
                for (PeerId address : chunks.lengths().keySet()) {
                    assertThat(ChunkCheck.addressOf(Objects.requireNonNull(chunks.get(address))))
                            .isEqualTo(address);
                    seen++;
                }
            }
        }
        assertThat(seen)
                .as("copies of the 3 chunks of 2 files, 4 needed of each")
                .isGreaterThanOrEqualTo(2 * 3 * 4);
    }

    @Test
    void aRunThatEndsLeavesNoFileUnlessAsked() throws IOException {
        SmallRun run = run(StopWhen.uploaded(1), "store.directory=" + disk, "store.sync=true");
        assertThat(run.total("upload.succeeded")).isPositive();
        assertThat(left()).isEmpty();
        assertThat(run.data().directory().resolve("chunks.mv")).doesNotExist();
        run(StopWhen.uploaded(0), "store.directory=" + disk, "store.keep=true");
        assertThat(left()).hasSize(1);
    }

    @Test
    void nodesThatWereKilledComeBackWithTheirChunks() throws IOException {
        SmallRun run = run(
                RunControl.NONE,
                "duration=6s",
                "workload.uploaders.every=1h",
                "faults=[{name: trouble, kind: kill, at: 4s, lasting: 500ms, share: 100%, factor: 1}]");
        assertThat(run.total("node.restarts")).isEqualTo(NODES);
        assertThat(run.at(3_000, "store.chunks", "", "mean")).isPositive();
        assertThat(run.at(5_000, "store.chunks", "", "mean"))
                .isGreaterThanOrEqualTo(run.at(3_000, "store.chunks", "", "mean"));
        assertThat(run.total("store.unreadable")).isZero();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsToldBeforeTheRunBegins() throws IOException {
        Path inTheWay = Files.writeString(disk.resolve("file"), "no folder");
        for (Path folder : List.of(inTheWay, inTheWay.resolve("below"))) {
            assertThatThrownBy(() -> run(RunControl.NONE, "store.directory=" + folder))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("store.directory")
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("write --set store.directory=DIR");
        }
        assertThat(inTheWay).hasContent("no folder");
    }

    @Test
    void virtualTimeSaysThatItHasNothingForADisk() throws IOException {
        String[] small = {"nodes.count=16", "nodes.per-host=4", "nodes.join-over=20s", "duration=2m"};
        String[] onDisk = Arrays.copyOf(small, small.length + 1);
        onDisk[small.length] = "store.medium=disk";
        SmallRun run = SmallRun.of(out, onDisk);
        assertThat(run.events())
                .filteredOn(event -> event.type() == EventRow.Type.NOTE)
                .hasSize(1)
                .first()
                .asString()
                .contains("store.medium");
        assertThat(run.end().digest()).isEqualTo(SmallRun.of(out, small).end().digest());
    }
}
