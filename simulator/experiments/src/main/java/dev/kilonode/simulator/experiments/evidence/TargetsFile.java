package dev.kilonode.simulator.experiments.evidence;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.kilonode.metrics.Metric;
import dev.kilonode.simulator.scenario.Suggestions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code targets.csv}: a header line, then one target per line; lines that begin with # are comments. */
final class TargetsFile {

    /** In this order; the first two are plain words, so that scripts can read them. */
    static final List<String> COLUMNS = List.of(
            "scenario",
            "reduced",
            "published",
            "metric",
            "stat",
            "where",
            "span",
            "against",
            "per",
            "kind",
            "low",
            "high",
            "source",
            "remark");

    private final Path file;
    private long line;

    private TargetsFile(Path file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException with file, line and what to write */
    static List<Target> read(Path file) throws IOException {
        return new TargetsFile(file).targets();
    }

    private List<Target> targets() throws IOException {
        List<Target> targets = new ArrayList<>();
        boolean head = false;
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(file)) {
            for (CsvRecord record : records) {
                line = record.getStartingLineNumber();
                List<String> fields = record.getFields();
                if (fields.stream().allMatch(String::isBlank)) continue;
                if (!head) {
                    if (!fields.equals(COLUMNS)) throw wrong("expected the columns " + String.join(",", COLUMNS));
                    head = true;
                    continue;
                }
                targets.add(target(fields));
            }
        } catch (CsvParseException e) {
            throw wrong("not CSV: " + e.getMessage());
        }
        if (targets.isEmpty()) throw wrong("got no target");
        return targets;
    }

    private Target target(List<String> fields) {
        if (fields.size() != COLUMNS.size())
            throw wrong(
                    "got " + fields.size() + " fields, expected " + COLUMNS.size() + "; quote those that hold a comma");
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++)
            row.put(COLUMNS.get(i), fields.get(i).strip());
        try {
            return target(row);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Target target(Map<String, String> row) {
        TargetKind kind = Arrays.stream(TargetKind.values())
                .filter(one -> one.word().equals(at(row, "kind")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind: got \"" + at(row, "kind")
                        + "\", expected one of "
                        + String.join(
                                ", ",
                                Arrays.stream(TargetKind.values())
                                        .map(TargetKind::word)
                                        .toList())));
        if (kind != TargetKind.CHECKS) metric(row);
        String against = at(row, "against");
        boolean other = against.startsWith("@");
        double low = number(row, "low", Double.NEGATIVE_INFINITY);
        double high = number(row, "high", Double.POSITIVE_INFINITY);
        if (Double.isInfinite(low) && Double.isInfinite(high))
            throw new IllegalArgumentException("got neither low nor high, expected what was published");
        if (low > high) throw new IllegalArgumentException("got low above high; swap them");
        String per = at(row, "per");
        if (!List.of("", "node", "1000-nodes").contains(per))
            throw new IllegalArgumentException("per: got \"" + per + "\", expected nothing, node or 1000-nodes");
        return new Target(
                at(row, "scenario"),
                at(row, "published"),
                at(row, "metric"),
                at(row, "stat"),
                labels(at(row, "where")),
                TimeRange.parse(at(row, "span")),
                against.isEmpty() || other ? null : TimeRange.parse(against),
                other ? against.substring(1) : "",
                per,
                kind,
                low,
                high,
                at(row, "source"),
                at(row, "remark"));
    }

    private static void metric(Map<String, String> row) {
        String id = at(row, "metric");
        List<String> known = Metric.ids();
        Metric metric = Metric.byId(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "metric: got \"" + id + "\", which nothing produces" + Suggestions.hint(id, known)));
        List<String> stats = metric.stats();
        if (!stats.contains(at(row, "stat")))
            throw new IllegalArgumentException(
                    "stat: got \"" + at(row, "stat") + "\", expected one of " + String.join(", ", stats));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(";")) {
            int split = pair.indexOf('=');
            if (split < 1)
                throw new IllegalArgumentException("where: got \"" + pair + "\", expected key=value;key=value");
            labels.put(
                    pair.substring(0, split).strip(), pair.substring(split + 1).strip());
        }
        return labels;
    }

    private static double number(Map<String, String> row, String column, double none) {
        String text = at(row, column);
        if (text.isEmpty()) return none;
        if (text.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) return Double.parseDouble(text);
        throw new IllegalArgumentException(column + ": got \"" + text + "\", expected a number, such as 0.3 or 527");
    }

    private static String at(Map<String, String> row, String column) {
        @Nullable String value = row.get(column);
        return value == null ? "" : value;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(file + ":" + line + ": " + what);
    }
}
