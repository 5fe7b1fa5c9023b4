package dev.kilonode.node.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk that can be full: files of MVStore whose writes then fail half-way, as those of a file system do. */
public final class SmallDisk extends FilePathWrapper {

    private static final String SCHEME = "small";

    private static boolean full;
    private static long forced;

    /** Created by MVStore, one per path; tests call {@link #use}. */
    public SmallDisk() {}

    /** Empties the disk and uses it until {@link #leave}. */
    public void use() {
        full = false;
        FilePath.register(this);
    }

    public void leave() {
        FilePath.unregister(this);
    }

    /** The path of {@code file} on this disk. */
    public Path on(Path file) {
        return Path.of(SCHEME + ":" + file);
    }

    public void fill() {
        full = true;
    }

    public void clear() {
        full = false;
    }

    /** Number of forced writes. */
    public long forced() {
        return forced;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    private static final class Channel extends FileBaseDefault {

        private final FileChannel file;

        Channel(FileChannel file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public synchronized int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            if (!full) return file.write(from, position);
            ByteBuffer half = from.duplicate();
            half.limit(half.position() + half.remaining() / 2);
            while (half.hasRemaining()) position += file.write(half, position);
            throw new IOException("No space left on device");
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            forced++;
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
