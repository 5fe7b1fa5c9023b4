package dev.kilonode.reports.run;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream without the bytes after its last line feed: a line that a kill cut off. */
final class CompleteLines extends FilterInputStream {

    private byte[] line = new byte[0];
    private int at;

    CompleteLines(InputStream in) {
        super(new java.io.BufferedInputStream(in, 1 << 16));
    }

    @Override
    public int read() throws IOException {
        return fill() ? line[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, line.length - at);
        System.arraycopy(line, at, into, offset, n);
        at += n;
        return n;
    }

    private boolean fill() throws IOException {
        if (at < line.length) {
            return true;
        }
        var next = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            next.write(b);
            if (b == '\n') {
                line = next.toByteArray();
                at = 0;
                return true;
            }
        }
        return false;
    }
}
