package dev.kilonode.simulator.run.harness;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.store.Datastore;
import dev.kilonode.node.store.StoreConfig;
import dev.kilonode.node.store.disk.ChunkFile;
import dev.kilonode.simulator.scenario.Scenario;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which one run stores its chunks on disk, in a file of its own. The file is deleted with the run unless the scenario keeps
 * it.
 */
public final class ChunkFolder implements AutoCloseable {

    private static final String NAME = "chunks.mv";
    private static final int PROBE_BYTES = 64 << 10;

    private final Path path;
    private final ChunkFile file;
    private final boolean keep;

    private ChunkFolder(Path path, StoreConfig config) throws IOException {
        this.path = path;
        this.file = new ChunkFile(path, config.sync());
        this.keep = config.keep();
    }

    /** Free bytes where a run of {@code scenario} would store chunks; 0 if unknown. */
    public static long freeBytes(Scenario scenario) {
        try {
            Path path = Path.of(scenario.store().directory()).toAbsolutePath();
            while (!Files.exists(path) && path.getParent() != null) path = path.getParent();
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException | InvalidPathException e) {
            return 0;
        }
    }

    /**
     * Creates the folder that a scenario names and checks that it is writable.
     *
     * @throws StoreException if it is not
     */
    static void check(Scenario scenario) {
        String directory = scenario.store().directory();
        if (!scenario.keepsChunksOnDisk() || directory.isEmpty()) return;
        try {
            Files.createDirectories(Path.of(directory));
            Path probe = Files.createTempFile(Path.of(directory), "kilonode", "");
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            throw new StoreException(directory, inWords(e));
        } catch (InvalidPathException e) {
            throw new StoreException(directory, "no name of a folder: " + e.getReason());
        }
    }

    /**
     * Opens the chunk folder of {@code scenario}; null if the scenario keeps chunks in memory.
     *
     * @param run the folder of the run's results
     * @throws StoreException if it is not writable
     */
    public static @Nullable ChunkFolder open(Scenario scenario, Path run) {
        if (!scenario.keepsChunksOnDisk()) return null;
        StoreConfig config = scenario.store();
        Path path = config.directory().isEmpty()
                ? run.resolve(NAME)
                : Path.of(config.directory()).resolve(scenario.name() + "-" + run.getFileName() + "-" + NAME);
        try {
            return new ChunkFolder(path, config);
        } catch (IOException e) {
            throw new StoreException(path.toString(), inWords(e));
        }
    }

    /** The chunk store of one node. */
    Datastore of(PeerId node) {
        return file.of(node);
    }

    @Override
    public void close() {
        file.close();
        if (keep) return;
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new StoreException(path.toString(), "it cannot be removed: " + inWords(e));
        }
    }

    /** Describes {@code e}; the message of the JDK is often only the file name. */
    private static String inWords(IOException e) {
        if (e instanceof AccessDeniedException) return "writing is not allowed";
        if (e instanceof FileAlreadyExistsException there) return there.getFile() + " is no folder";
        if (e instanceof NoSuchFileException) return "it cannot be made";
        return e instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : String.valueOf(e.getMessage());
    }
}
