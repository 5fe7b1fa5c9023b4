package dev.kilonode.reports.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** The lines of a text that a predicate accepts, without the bytes after the last line feed, which belong to a truncated line. */
final class CompleteLinesInputStream extends InputStream {

    private final InputStreamReader in;
    private final Predicate<String> wanted;
    private final StringBuilder partial = new StringBuilder();
    private final char[] buffer = new char[1 << 16];
    private int from;
    private int to;
    private byte[] line = new byte[0];
    private int at;

    CompleteLinesInputStream(InputStream in, Predicate<String> wanted) {
        this.in = new InputStreamReader(in, StandardCharsets.UTF_8);
        this.wanted = wanted;
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

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        while (at == line.length) {
            if (!nextLine()) {
                return false;
            }
            String text = partial.toString();
            partial.setLength(0);
            if (wanted.test(text)) {
                line = text.getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
        }
        return true;
    }

    /** Whether {@link #partial} now holds a complete line with its line feed. */
    private boolean nextLine() throws IOException {
        while (true) {
            for (int i = from; i < to; i++) {
                if (buffer[i] == '\n') {
                    partial.append(buffer, from, i + 1 - from);
                    from = i + 1;
                    return true;
                }
            }
            partial.append(buffer, from, to - from);
            from = 0;
            to = in.read(buffer);
            if (to < 0) {
                to = 0;
                return false;
            }
        }
    }
}
