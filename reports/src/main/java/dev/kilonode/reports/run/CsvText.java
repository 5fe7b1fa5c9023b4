package dev.kilonode.reports.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A table as CSV, for files that are no part of a run. */
public final class CsvText {

    private CsvText() {}

    /** The content of a whole file; fields are quoted only where RFC 4180 requires it. */
    public static String of(List<String> head, List<Object[]> rows) {
        var text = new StringWriter();
        try (CsvWriter writer = CsvFile.writer(text)) {
            CsvFile.write(writer, head.toArray());
            rows.forEach(row -> CsvFile.write(writer, row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
