package dev.kilonode.node.store.disk;

import dev.kilonode.node.identity.PeerId;
import dev.kilonode.node.store.Datastore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.IntegerDataType;
import org.jspecify.annotations.Nullable;

/**
 * The file in which all nodes of a process keep their chunks. A write is committed before it returns, so that an acknowledged chunk
 * survives the process; if configured, it is also forced to the disk, so that it survives the machine.
 *
 * <p>MVStore closes its file when a write fails, as on a full disk. The next call opens the file again, in its last committed state: the
 * failed write is missing, everything else is there.
 *
 * <p>Any thread; calls exclude each other. It has no thread of its own.
 */
public final class ChunkFile implements AutoCloseable {

    /** For all nodes together: inner pages of the B-tree. */
    private static final int CACHE_MIB = 4;

    /** An open file. @param lengths lengths of the contents, kept apart so that listing them does not read the contents */
    private record Opened(MVStore store, MVMap<byte[], byte[]> contents, MVMap<byte[], Integer> lengths) {}

    private final Path file;
    private final boolean sync;
    private @Nullable Opened opened;
    private boolean closed;

    /**
     * Opens a file, or creates it.
     *
     * @param sync whether each write is forced to the disk
     * @throws IOException if it cannot be opened for writing; the message says why
     */
    public ChunkFile(Path file, boolean sync) throws IOException {
        this.file = file;
        this.sync = sync;
        opened();
    }

    /** The datastore of {@code node} in this file. */
    public Datastore of(PeerId node) {
        return new Share(node);
    }

    /** Closes the file; all later calls fail. */
    @Override
    public synchronized void close() {
        closed = true;
        discard();
    }

    private synchronized void put(byte[] key, byte[] content) throws IOException {
        change(maps -> {
            maps.contents.put(key, content);
            maps.lengths.put(key, content.length);
        });
    }

    private synchronized void delete(byte[] key) throws IOException {
        change(maps -> {
            maps.lengths.remove(key);
            maps.contents.remove(key);
        });
    }

    private interface Change {
        void make(Opened maps);
    }

    private void change(Change change) throws IOException {
        Opened maps = opened();
        try {
            change.make(maps);
            maps.store.commit();
            if (sync) maps.store.sync();
        } catch (RuntimeException | AssertionError e) {
            discard(); // discards what was not committed
            throw failed(e);
        }
    }

    private synchronized byte @Nullable [] get(byte[] key) throws IOException {
        Opened maps = opened();
        try {
            return maps.contents.get(key);
        } catch (RuntimeException | AssertionError e) {
            boolean unread =
                    e instanceof MVStoreException failure && failure.getErrorCode() == DataUtils.ERROR_READING_FAILED;
            if (unread || maps.store.isClosed()) throw failed(e);
            return null; // damaged page
        }
    }

    private synchronized Map<PeerId, Integer> lengths(PeerId node) throws IOException {
        Opened maps = opened();
        Map<PeerId, Integer> lengths = new LinkedHashMap<>();
        byte[] first = key(node, new PeerId(0, 0, 0, 0));
        try {
            Cursor<byte[], Integer> cursor = maps.lengths.cursor(first);
            while (cursor.hasNext()) {
                byte[] key = cursor.next();
                if (!Arrays.equals(key, 0, PeerId.BYTES, first, 0, PeerId.BYTES)) break;
                lengths.put(PeerId.of(Arrays.copyOfRange(key, PeerId.BYTES, key.length)), cursor.getValue());
            }
            return lengths;
        } catch (RuntimeException | AssertionError e) {
            throw failed(e);
        }
    }

    private synchronized Opened opened() throws IOException {
        if (closed) throw new IOException(file + " has been closed");
        if (opened != null && !opened.store.isClosed()) return opened;
        try {
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled() // also prevents MVStore's background thread
                    .cacheSize(CACHE_MIB)
                    .open();
            store.setVersionsToKeep(0);
            store.setRetentionTime(sync ? store.getRetentionTime() : 0);
            opened = new Opened(
                    store,
                    store.openMap("contents", maps(new ContentType())),
                    store.openMap("lengths", maps(IntegerDataType.INSTANCE)));
            return opened;
        } catch (RuntimeException | AssertionError e) {
            throw failed(e);
        }
    }

    private static <V> MVMap.Builder<byte[], V> maps(BasicDataType<V> values) {
        return new MVMap.Builder<byte[], V>()
                .keyType(ByteArrayDataType.INSTANCE)
                .valueType(values);
    }

    private void discard() {
        if (opened != null) opened.store.closeImmediately();
        opened = null;
    }

    /** Besides MVStore's own exceptions, a damaged page causes exceptions of any type, and assertion errors if assertions are on. */
    private IOException failed(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new IOException(file + ": " + cause.getMessage(), e);
    }

    private static byte[] key(PeerId node, PeerId address) {
        ByteBuffer key = ByteBuffer.allocate(2 * PeerId.BYTES);
        node.write(key);
        address.write(key);
        return key.array();
    }

    /** The datastore of one node. */
    private final class Share implements Datastore {

        private final PeerId node;

        Share(PeerId node) {
            this.node = node;
        }

        @Override
        public void put(PeerId address, byte[] content) throws IOException {
            ChunkFile.this.put(key(node, address), content);
        }

        @Override
        public byte @Nullable [] get(PeerId address) throws IOException {
            return ChunkFile.this.get(key(node, address));
        }

        @Override
        public void delete(PeerId address) throws IOException {
            ChunkFile.this.delete(key(node, address));
        }

        @Override
        public Map<PeerId, Integer> lengths() throws IOException {
            return ChunkFile.this.lengths(node);
        }
    }
}
