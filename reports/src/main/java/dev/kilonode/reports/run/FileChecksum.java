package dev.kilonode.reports.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a run wrote to one file, so that a later reader can tell whether the file is still that.
 *
 * @param rows   line feeds; a header is a row too
 * @param bytes  length
 * @param crc32c checksum of all bytes, 8 hex digits
 * @param stride rows from one mark to the next
 * @param marks  checksum of all bytes up to row {@code stride}, {@code 2 * stride}, ...: they tell where a file was changed first
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

    /** Of the same bytes, wherever the marks are. */
    boolean matches(FileChecksum other) {
        return rows == other.rows && bytes == other.bytes && crc32c.equals(other.crc32c);
    }

    /** Rows from the start that are as in {@code other}, as far as the marks tell. */
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
