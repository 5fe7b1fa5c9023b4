package dev.kilonode.reports.run;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.CsvWriter.CsvWriterRecord;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * CSV as RFC 4180 defines it, with line feeds as line ends. FastCSV reads and writes it. Readers skip a last record without a line feed: a
 * kill has truncated it.
 */
final class CsvFile {

    private static final int BUFFER_CHARS = 1 << 16;

    /** A separator, which may follow a closing quote. */
    private static final byte[] END_MARK = {','};

    private CsvFile() {}

    /** A writer of records. Each record ends with a line feed. Fields are quoted only where RFC 4180 requires it. */
    static CsvWriter writer(Writer to) {
        return CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .commentCharacter('\0') // else a first field that begins with # would be quoted
                .bufferSize(BUFFER_CHARS)
                .build(to);
    }

    static void write(CsvWriter to, Object... fields) {
        CsvWriterRecord record = to.writeRecord();
        for (Object field : fields) {
            record.writeField(String.valueOf(field));
        }
        record.endRecord();
    }

    /** The content of a whole file. */
    static String text(String header, List<Object[]> rows) {
        var text = new StringWriter().append(header).append('\n');
        try (CsvWriter writer = writer(text)) {
            rows.forEach(row -> write(writer, row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Calls {@code row} for each complete record after the header.
     *
     * @return whether the file could be parsed to its end; a missing file has no records
     */
    static boolean read(Path file, Consumer<List<String>> row) throws IOException {
        if (!Files.isRegularFile(file)) {
            return true;
        }
        // Unless the last byte of the file is the line feed of a record, the mark is part of that record. So the last
        // record is never complete.
        try (var in = new SequenceInputStream(Files.newInputStream(file), new ByteArrayInputStream(END_MARK));
                var reader = reader().allowUnclosedQuote(true)
                        .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            @Nullable CsvRecord previous = null;
            boolean header = true;
            for (CsvRecord record : reader) {
                if (previous != null && !header) {
                    row.accept(previous.getFields());
                }
                header = previous == null;
                previous = record;
            }
            return true;
        } catch (CsvParseException e) {
            return false;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The fields of one record.
     *
     * @throws CsvParseException if quotes are open at its end
     */
    static List<String> fields(String record) {
        return reader().allowUnclosedQuote(false).ofSingleCsvRecord(record).getFields();
    }

    private static CsvReaderBuilder reader() {
        return CsvReader.builder()
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    }
}
