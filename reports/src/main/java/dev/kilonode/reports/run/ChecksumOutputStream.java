package dev.kilonode.reports.run;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Computes a {@link FileChecksum} of the bytes that pass through it. CRC-32C runs at memory speed, and its value is available at any time
 * without a copy. A cryptographic digest would add nothing, because whoever changes a file on purpose can change the manifest too. Not
 * thread-safe.
 */
final class ChecksumOutputStream extends FilterOutputStream {

    private static final int MOST_MARKS = 64;

    private final CRC32C crc = new CRC32C();
    private final List<String> marks = new ArrayList<>();
    private long rows;
    private long bytes;
    private long stride;

    ChecksumOutputStream(OutputStream out) {
        this(out, 1);
    }

    /** @param stride initial distance of the marks in rows; it doubles when there would be more than {@value #MOST_MARKS} marks */
    ChecksumOutputStream(OutputStream out, long stride) {
        super(out);
        this.stride = Math.max(1, stride);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Counts only bytes that were written without an error. */
    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        int done = offset;
        for (int i = offset; i < offset + length; i++) {
            if (from[i] == '\n' && ++rows % stride == 0) {
                crc.update(from, done, i + 1 - done);
                done = i + 1;
                mark();
            }
        }
        crc.update(from, done, offset + length - done);
        bytes += length;
    }

    FileChecksum checksum() {
        return new FileChecksum(rows, bytes, hex(), stride, marks);
    }

    private void mark() {
        marks.add(hex());
        if (marks.size() > MOST_MARKS) {
            for (int i = marks.size() - 1; i >= 0; i -= 2) {
                marks.remove(i); // of the multiples 1, 2, 3, ... only 2, 4, ... are multiples of the doubled stride
            }
            stride *= 2;
        }
    }

    private String hex() {
        return String.format("%08x", crc.getValue());
    }
}
