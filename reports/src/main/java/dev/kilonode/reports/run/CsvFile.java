package dev.kilonode.reports.run;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** CSV as RFC 4180 has it, with plain line feeds. A record without its line feed was cut off by a kill and is left out. */
final class CsvFile {

    static void append(Appendable to, Object... fields) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                to.append(',');
            }
            to.append(quote(String.valueOf(fields[i])));
        }
        to.append('\n');
    }

    /** Writes a whole file at once: a reader sees the old one or the new one. */
    static void write(Path file, String header, List<Object[]> rows) throws IOException {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (Object[] row : rows) {
            append(text, row);
        }
        Json.replace(file, text.toString());
    }

    static String quote(String field) {
        boolean plain = true;
        for (int i = 0; i < field.length() && plain; i++) {
            char c = field.charAt(i);
            plain = c != ',' && c != '"' && c != '\n' && c != '\r';
        }
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /** Calls {@code row} for each complete record after the header; the list is reused between calls. */
    static void read(Path file, Consumer<List<String>> row) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        // Decoded leniently: a kill may have cut a character in two, and that is in the record left out.
        try (var in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            var parser = new CsvFile(row);
            var buffer = new char[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    parser.next(buffer[i]);
                }
            }
        }
    }

    private enum State {
        PLAIN,
        QUOTED,
        /** After a quote within quotes: the end of the quoting, or the first of two. */
        QUOTE
    }

    private final Consumer<List<String>> row;
    private final List<String> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private State state = State.PLAIN;
    private boolean header = true;

    private CsvFile(Consumer<List<String>> row) {
        this.row = row;
    }

    private void next(char c) {
        if (state == State.QUOTED) {
            if (c == '"') {
                state = State.QUOTE;
            } else {
                field.append(c);
            }
        } else if (c == '"') {
            if (state == State.QUOTE) {
                field.append(c);
            }
            state = State.QUOTED;
        } else {
            state = State.PLAIN;
            unquoted(c);
        }
    }

    private void unquoted(char c) {
        if (c == ',' || c == '\n') {
            fields.add(field.toString());
            field.setLength(0);
            if (c == '\n') {
                if (!header) {
                    row.accept(fields);
                }
                header = false;
                fields.clear();
            }
        } else if (c != '\r') {
            field.append(c);
        }
    }
}
