package dev.kilonode.reports.run;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a file that the user named, without changing its type. A regular file is replaced atomically: a reader sees the old content or
 * the new one, and if the replacement fails, the old file stays. A symbolic link stays, and its target is written. A pipe, a device or a
 * descriptor of this process ({@code /dev/stdout}, {@code /dev/fd/3}) is written to, and never replaced or truncated.
 */
public final class OutputFile {

    /** How long to wait for the reader of a pipe, ms. */
    private static final long PATIENCE_MILLIS = 15_000;

    private static final int MOST_LINKS = 40;
    private static final Pattern DESCRIPTOR = Pattern.compile("/(?:dev|proc/(self|\\d+)(?:/task/\\d+)?)/fd/(\\d+)");

    private interface Writing {
        void run() throws IOException;
    }

    private final Path file;
    private final long patienceMillis;

    private OutputFile(Path file) {
        this(file, PATIENCE_MILLIS);
    }

    OutputFile(Path file, long patienceMillis) {
        this.file = file;
        this.patienceMillis = patienceMillis;
    }

    /**
     * Writes all of {@code text}, and creates missing folders.
     *
     * @throws IOException if it cannot be written; the message or type says why, also if nobody reads a pipe
     */
    public static void write(Path file, String text) throws IOException {
        // an unpaired surrogate becomes "?" and is not an error
        new OutputFile(file).write(text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** As {@link #write}, for a preliminary text. A target that cannot be replaced later, such as a pipe, is left alone. */
    public static void draft(Path file, String text) throws IOException {
        var output = new OutputFile(file);
        if (output.descriptor() == null && (output.isRegular() || !Files.exists(file))) {
            output.write(text.getBytes(StandardCharsets.UTF_8), false);
        }
    }

    /** Appends {@code bytes}. */
    public static void append(Path file, byte[] bytes) throws IOException {
        new OutputFile(file).write(bytes, true);
    }

    void write(byte[] bytes, boolean atEnd) throws IOException {
        Path descriptor = descriptor();
        if (descriptor != null) {
            patiently(() -> toDescriptor(descriptor, bytes));
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) Files.createDirectories(folder);
        if (Files.isDirectory(file)) throw new FileSystemException(file.toString(), null, "Is a directory");
        boolean missing = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        if (atEnd && (missing || isRegular())) {
            inPlace(bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } else if (missing) {
            replace(file.toAbsolutePath(), bytes);
        } else if (isRegular()) {
            if (!Files.isWritable(file)) throw new AccessDeniedException(file.toString());
            replace(file.toRealPath(), bytes);
        } else if (Files.exists(file)) {
            patiently(() -> inPlace(bytes));
        } else { // a dangling link, or a loop of links
            inPlace(bytes, StandardOpenOption.CREATE);
        }
    }

    private boolean isRegular() {
        return Files.isRegularFile(file);
    }

    private void inPlace(byte[] bytes, OpenOption... how) throws IOException {
        OpenOption[] options = java.util.Arrays.copyOf(how, how.length + 1);
        options[how.length] = StandardOpenOption.WRITE;
        try (OutputStream out = Files.newOutputStream(file, options)) {
            out.write(bytes);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) { // such as a full disk; the exception does not name the file
            throw named(e);
        }
    }

    private FileSystemException named(IOException e) {
        var named = new FileSystemException(file.toString(), null, e.getMessage());
        named.initCause(e);
        return named;
    }

    /** Writes a new file beside the old one and moves it over the old one. Writes in place if that is not possible. */
    private void replace(Path real, byte[] bytes) throws IOException {
        Path next = real.resolveSibling("." + Integer.toHexString(real.hashCode()) + "-"
                + ProcessHandle.current().pid() + ".next");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next);
        } catch (FileSystemException e) {
            boolean closedFolder = e instanceof AccessDeniedException
                    || String.valueOf(e.getReason()).matches("Read-only file system|Operation not permitted");
            if (!closedFolder) throw e;
            inPlace(bytes, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            return;
        }
        boolean taken = false;
        try {
            Files.write(next, bytes);
            taken = keepOwner(real, next) && move(next, real);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw named(e);
        } finally {
            if (!taken) Files.deleteIfExists(next);
        }
        if (!taken) inPlace(bytes, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Gives the new file the owner, group and permissions of the old one; returns whether that succeeded. */
    private static boolean keepOwner(Path old, Path next) {
        PosixFileAttributeView view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
        if (view == null || !Files.exists(old)) return true;
        try {
            PosixFileAttributes wanted = Files.readAttributes(old, PosixFileAttributes.class);
            PosixFileAttributes made = view.readAttributes();
            if (!wanted.owner().equals(made.owner())) view.setOwner(wanted.owner());
            if (!wanted.group().equals(made.group())) view.setGroup(wanted.group());
            view.setPermissions(wanted.permissions());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the move succeeded. It fails onto a mount point, and onto another user's file in a shared folder. */
    private static boolean move(Path next, Path real) {
        try {
            Files.move(next, real, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes to a pipe or a device with a time limit, because opening a pipe blocks until it has a reader. */
    private void patiently(Writing writing) throws IOException {
        var done = new CompletableFuture<@Nullable Void>();
        var writer = new Thread(
                () -> {
                    try {
                        writing.run();
                        done.complete(null);
                    } catch (IOException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                "kilonode-output");
        writer.setDaemon(true);
        writer.start();
        try {
            done.get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new FileSystemException(
                    file.toString(), null, "nobody has read it for " + patienceMillis / 1000.0 + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FileSystemException cause) throw cause;
            if (e.getCause() instanceof IOException cause) throw named(cause);
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileSystemException(file.toString(), null, "interrupted while writing");
        }
    }

    /** The descriptor that the path resolves to, such as {@code /proc/self/fd/1}; null if the path is a file of its own. */
    private @Nullable Path descriptor() throws IOException {
        Path at = file.toAbsolutePath();
        for (int i = 0; i < MOST_LINKS; i++) {
            Path folder = at.getParent();
            if (folder == null || !Files.isDirectory(folder)) return null;
            Path real = folder.toRealPath().resolve(at.getFileName());
            if (DESCRIPTOR.matcher(real.toString()).matches()) return real;
            if (!Files.isSymbolicLink(real)) return null;
            at = real.resolveSibling(Files.readSymbolicLink(real)).normalize();
        }
        return null;
    }

    /** Writes to the open descriptor. Opening it anew would restart at offset 0 and overwrite earlier output. */
    private static void toDescriptor(Path descriptor, byte[] bytes) throws IOException {
        Matcher parts = DESCRIPTOR.matcher(descriptor.toString());
        if (!parts.matches()) throw new NoSuchFileException(descriptor.toString());
        String process = parts.group(1);
        boolean own = process == null
                || process.equals("self")
                || process.equals(Long.toString(ProcessHandle.current().pid()));
        if (own && parts.group(2).equals("1")) {
            new FileOutputStream(FileDescriptor.out).write(bytes); // not closed, because others still write to it
        } else if (own && parts.group(2).equals("2")) {
            new FileOutputStream(FileDescriptor.err).write(bytes);
        } else {
            try (OutputStream out =
                    Files.newOutputStream(descriptor, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                out.write(bytes);
            }
        }
    }
}
