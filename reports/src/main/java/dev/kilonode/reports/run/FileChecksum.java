package dev.kilonode.reports.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Size and checksum of a file as the run wrote it, so that a reader can detect changes.
 *
 * @param rows number of line feeds; a header counts as a row
 * @param bytes length
 * @param crc32c checksum of all bytes, 8 hex digits
 * @param stride rows from one mark to the next
 * @param marks checksums of all bytes up to row {@code stride}, {@code 2 * stride}, ...: they locate the first change of a file
 */
public record FileChecksum(long rows, long bytes, String crc32c, long stride, List<String> marks) {

    /** Takes a copy of {@code marks}. */
    public FileChecksum {
        marks = List.copyOf(marks);
    }

    static FileChecksum of(byte[] content) {
        try (var checksumming = new ChecksumOutputStream(OutputStream.nullOutputStream())) {
            checksumming.write(content, 0, content.length);
            return checksumming.checksum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether rows, bytes and checksum are equal. The marks are not compared. */
    boolean matches(FileChecksum other) {
        return rows == other.rows && bytes == other.bytes && crc32c.equals(other.crc32c);
    }

    /** Number of leading rows that agree with {@code other}, as far as the marks tell. */
    long rowsAsIn(FileChecksum other) {
        int same = 0;
        if (stride == other.stride) {
            int both = Math.min(marks.size(), other.marks.size());
            while (same < both && marks.get(same).equals(other.marks.get(same))) {
                same++;
            }
        }
        return same * stride;
    }
}
