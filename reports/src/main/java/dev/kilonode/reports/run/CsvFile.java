package dev.kilonode.reports.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** CSV as RFC 4180 has it, with plain line feeds. A record without its line feed was cut off by a kill and is left out. */
final class CsvFile {

    private CsvFile() {}

    static void append(Writer to, Object... fields) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                to.write(',');
            }
            to.write(quote(String.valueOf(fields[i])));
        }
        to.write('\n');
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
        try (var in = new BufferedReader(
                new java.io.InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8), 1 << 16)) {
            boolean header = true;
            var fields = new ArrayList<String>();
            while (next(in, fields) != null) {
                if (!header) {
                    row.accept(fields);
                }
                header = false;
            }
        }
    }

    private static @Nullable List<String> next(BufferedReader in, List<String> fields) throws IOException {
        fields.clear();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (quoted && c == '"') {
                in.mark(1);
                if (in.read() == '"') {
                    field.append('"');
                } else {
                    in.reset();
                    quoted = false;
                }
            } else if (quoted) {
                field.append((char) c);
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                fields.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    return fields;
                }
            } else if (c != '\r') {
                field.append((char) c);
            }
        }
        return null;
    }
}
