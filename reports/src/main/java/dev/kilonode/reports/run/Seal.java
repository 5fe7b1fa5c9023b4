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
public record Seal(long rows, long bytes, String crc32c, long stride, List<String> marks) {

    /** Takes a copy of {@code marks}. */
    public Seal {
        marks = List.copyOf(marks);
    }

    static Seal of(byte[] content) {
        try (var sealing = new SealingStream(OutputStream.nullOutputStream())) {
            sealing.write(content, 0, content.length);
            return sealing.seal();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the same bytes, wherever the marks are. */
    boolean matches(Seal other) {
        return rows == other.rows && bytes == other.bytes && crc32c.equals(other.crc32c);
    }

    /** Rows from the start that are as in {@code other}, as far as the marks tell. */
    long rowsAsIn(Seal other) {
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
