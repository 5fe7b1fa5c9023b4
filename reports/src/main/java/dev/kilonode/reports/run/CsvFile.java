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

    /** One record with its line feed. */
    static String record(Object... fields) {
        var text = new StringBuilder();
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            text.append(quote(String.valueOf(fields[i])));
        }
        return text.append('\n').toString();
    }

    /** A whole file. */
    static String text(String header, List<Object[]> rows) {
        var text = new StringBuilder(header).append('\n');
        rows.forEach(row -> text.append(record(row)));
        return text.toString();
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
        if (!Files.isRegularFile(file)) {
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

    /**
     * The fields of one record.
     *
     * @throws IllegalArgumentException if quotes are open at its end
     */
    static List<String> fields(String record) {
        var fields = new ArrayList<String>();
        var parser = new CsvFile(fields::addAll);
        parser.header = false;
        for (int i = 0; i < record.length(); i++) {
            parser.next(record.charAt(i));
        }
        parser.next('\n');
        if (parser.state == State.QUOTED) {
            throw new IllegalArgumentException("quotes are open at the end of " + record);
        }
        return fields;
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
