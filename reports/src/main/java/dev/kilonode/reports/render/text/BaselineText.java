package dev.kilonode.reports.render.text;

import dev.kilonode.reports.compare.Baseline;
import dev.kilonode.reports.compare.Measure;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.statistics.descriptive.Median;

/** A baseline as text for a terminal. */
public final class BaselineText {

    private BaselineText() {}

    /** The text, with line feeds. */
    public static String of(Baseline b) {
        var text = new StringBuilder();
        text.append(ComparisonText.plain(b.name() + ": " + b.group(b.name()).words()))
                .append('\n');
        text.append("  scenario hash ").append(ComparisonText.plain(b.hash()));
        text.append(", recorded ").append(ComparisonText.plain(b.recorded())).append('\n');
        text.append("  on ").append(ComparisonText.plain(b.platform().words())).append("\n\n");
        text.append(line("metric", "median", "least", "most", "runs"));
        b.metrics().forEach((id, values) -> {
            double[] known = values.stream()
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            Measure measure = Measure.of(id);
            text.append(
                    known.length == 0
                            ? line(id, "no data", "", "", "0")
                            : line(
                                    id,
                                    measure.words(
                                            Median.withDefaults().withCopy(true).evaluate(known)),
                                    measure.words(known[0]),
                                    measure.words(known[known.length - 1]),
                                    String.valueOf(known.length)));
        });
        return text.toString();
    }

    private static String line(String id, String median, String least, String most, String runs) {
        return String.format(
                Locale.ROOT, "%-40s %12s %12s %12s %5s%n", ComparisonText.plain(id), median, least, most, runs);
    }
}
