package dev.kilonode.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Pipes and links are made in a temporary folder; no device is touched. */
@DisabledOnOs(OS.WINDOWS)
class OutputFileTest {

    /** Against hanging only. */
    private static final long BOUND_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void aFileIsReplacedAtOnceAndKeepsItsPermissions() throws IOException {
        Path file = Files.writeString(folder.resolve("junit.xml"), "a longer text that was there before");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Object before = Files.getAttribute(file, "unix:ino");
        OutputFile.write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getAttribute(file, "unix:ino")).as("another file").isNotEqualTo(before);
        assertThat(names()).containsExactly("junit.xml");
    }

    @Test
    void aFileThatMayNotBeWrittenStays() throws IOException {
        Path file = Files.writeString(folder.resolve("kept"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeFalse(Files.isWritable(file), "permissions mean nothing to root");
        assertThatThrownBy(() -> OutputFile.write(file, "new")).isInstanceOf(AccessDeniedException.class);
        assertThat(file).hasContent("old");
    }

    @Test
    void inAFolderThatMayNotBeWrittenAFileIsWrittenInPlace() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path file = Files.writeString(closed.resolve("file"), "what was there");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(closed), "permissions mean nothing to root");
            OutputFile.write(file, "new");
            assertThat(file).hasContent("new");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void foldersAreMade() throws IOException {
        Path file = folder.resolve("a/b/summary.md");
        OutputFile.write(file, "text");
        assertThat(file).hasContent("text");
    }

    @Test
    void aLinkStaysAndWhatItPointsToIsWritten() throws IOException {
        Path target =
                Files.writeString(Files.createDirectory(folder.resolve("d")).resolve("target"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("d", "target"));
        Path other = Files.createSymbolicLink(folder.resolve("other"), link);
        OutputFile.write(other, "new");
        assertThat(Files.readSymbolicLink(other)).isEqualTo(link);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("d", "target"));
        assertThat(target).hasContent("new");
        assertThat(Files.isSymbolicLink(target)).isFalse();
    }

    @Test
    void whatALinkPointsToIsMade() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("not-yet"));
        OutputFile.write(link, "new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(folder.resolve("not-yet")).hasContent("new");
    }

    @Test
    void aLinkToItselfIsAnError() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("link"));
        assertThatThrownBy(() -> OutputFile.write(link, "new")).isInstanceOf(FileSystemException.class);
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void aFolderIsAnErrorAndStays() {
        assertThatThrownBy(() -> OutputFile.write(folder, "new")).hasMessageContaining("Is a directory");
        assertThat(folder).isDirectory();
    }

    @Test
    void aPipeIsWrittenToAndDraftsAreNot() throws Exception {
        Path pipe = pipe();
        OutputFile.draft(pipe, "not this");
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> read(pipe));
        OutputFile.write(pipe, "the last word");
        assertThat(read.get(BOUND_SECONDS, TimeUnit.SECONDS)).isEqualTo("the last word");
        assertThat(Files.readAttributes(pipe, "*").get("isOther"))
                .as("still a pipe")
                .isEqualTo(true);
        assertThat(names()).containsExactly("pipe");
    }

    @Test
    void aPipeThatNobodyReadsIsAnError() throws Exception {
        Path pipe = pipe();
        assertThatThrownBy(() -> new OutputFile(pipe, 50).write(new byte[1], false))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("nobody has read it");
    }

    @Test
    void aDescriptorOfThisProcessIsAddedTo() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "kernel: does not show descriptors as files");
        Path file = Files.writeString(folder.resolve("redirected"), "before\n");
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(open.isOpen()).isTrue();
            Path link = Files.createSymbolicLink(folder.resolve("link"), descriptorOf(file, descriptors));
            Object before = Files.getAttribute(file, "unix:ino");
            OutputFile.draft(link, "not this\n");
            OutputFile.write(link, "after\n");
            assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
        }
        assertThat(file).hasContent("before\nafter\n");
    }

    @Test
    void aSummaryIsAddedToThroughALink() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "one\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        OutputFile.append(link, "two\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(file).hasContent("one\ntwo\n");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    private static Path descriptorOf(Path file, Path descriptors) throws IOException {
        Path real = file.toRealPath();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path one : all) {
                if (Files.isSymbolicLink(one) && Files.readSymbolicLink(one).equals(real)) return one;
            }
        }
        throw new AssertionError("no descriptor of " + real);
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        boolean made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        assumeTrue(made, "kernel: no named pipes");
        return pipe;
    }

    private static String read(Path pipe) {
        try {
            return Files.readString(pipe);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList().stream();
        }
    }
}
